import { diverging, sequential, type ResolvedTheme } from '../../theme/colors';
import { formatLog2, formatNumber, powerOfTen } from '../format';
import { positionOn, type ColourScale } from '../heatMap';
import { LOG10_OF_2 } from '../series';
import { logTicks, SHORT_AXIS } from '../timeScale';
import type { ColourLegend } from './figure';

/** Colours along a bar: as many as the eye takes for a continuum */
const STEPS = 32;
const MOST_TICKS = 5;

/** From the lower end to the upper, as any program understands them. */
export function coloursOf(kind: ColourScale['kind'], theme: ResolvedTheme): string[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const part = i / STEPS;
    const bytes = kind === 'diverging' ? diverging(2 * part - 1, theme) : sequential(part, theme);
    return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  });
}

/** The bar of a heat map of plain values: its two ends and, where the scale has a sign, zero. */
export function plainLegend(scale: ColourScale, theme: ResolvedTheme): ColourLegend {
  const { kind, low, high } = scale;
  const values = kind === 'diverging' ? [low, 0, high] : [low, (low + high) / 2, high];
  const { linearTo } = scale;
  // What lies in the middle of each half says that the scale is logarithmic.
  if (linearTo !== undefined) {
    const half = linearTo * Math.sinh(Math.asinh(high / linearTo) / 2);
    values.splice(0, 3, low, -half, 0, half, high);
  }
  return {
    colours: coloursOf(kind, theme),
    ticks: values.map((value) => ({
      at: positionOn(scale, value),
      text: formatNumber(value, 2),
    })),
  };
}

/** The bar of a heat map of log2 magnitudes: powers of ten, or numbers where it spans few of them. */
export function log2Legend({ low, high }: ColourScale, theme: ResolvedTheme): ColourLegend {
  const [from, to] = [low * LOG10_OF_2, high * LOG10_OF_2];
  const ticks = logTicks(from, to, MOST_TICKS);
  return {
    colours: coloursOf('sequential', theme),
    ticks: (ticks.length > 0 ? ticks : [from, to]).map((tick) => ({
      at: (tick - from) / (to - from),
      text: to - from >= SHORT_AXIS ? powerOfTen(tick) : formatLog2(tick / LOG10_OF_2, 2),
    })),
  };
}

/** The bar of a histogram coloured by the square root of a share. */
export function shareLegend(theme: ResolvedTheme): ColourLegend {
  return {
    colours: coloursOf('sequential', theme),
    ticks: [0, 0.1, 0.5, 1].map((share) => ({ at: Math.sqrt(share), text: `${100 * share} %` })),
  };
}
