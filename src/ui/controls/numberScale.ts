/** The numbers a field or slider runs over. */
export interface NumberScale {
  readonly least: number;
  readonly most: number;
  /** One arrow key press, or two pixels of a drag on a linear scale */
  readonly step: number;
  /** Whole numbers only */
  readonly whole: boolean;
  /** Sliders and drags move by factors instead of steps; `least` is then above 0. */
  readonly logarithmic: boolean;
}

export function wholeScale(limits: { readonly least: number; readonly most: number }): NumberScale {
  return { ...limits, step: 1, whole: true, logarithmic: false };
}

/** The nearest value the scale has; float noise of repeated steps is rounded away. */
export function nextValue(value: number, scale: NumberScale): number {
  const rounded = scale.whole ? Math.round(value) : Number(value.toPrecision(12));
  return Math.min(scale.most, Math.max(scale.least, rounded));
}

/** The value after dragging by `pixels` from `start`; `factor` is 10 with Shift, 0.1 with Alt. */
export function dragged(start: number, pixels: number, factor: number, scale: NumberScale): number {
  const moved = scale.logarithmic
    ? start * Math.exp(0.01 * factor * pixels)
    : start + Math.round(pixels / 2) * scale.step * factor;
  return nextValue(moved, scale);
}

const POSITIONS = 1000;
export const SLIDER_POSITIONS = POSITIONS;

export function positionOf(value: number, scale: NumberScale): number {
  if (scale.most <= scale.least) return 0;
  const part = scale.logarithmic
    ? Math.log(value / scale.least) / Math.log(scale.most / scale.least)
    : (value - scale.least) / (scale.most - scale.least);
  return Math.round(POSITIONS * Math.min(1, Math.max(0, part)));
}

export function valueAt(position: number, scale: NumberScale): number {
  const part = position / POSITIONS;
  const value = scale.logarithmic
    ? scale.least * (scale.most / scale.least) ** part
    : scale.least + part * (scale.most - scale.least);
  // A position is coarser than the number: three digits are enough where there is a fraction.
  return nextValue(scale.whole ? value : Math.round(value / scale.step) * scale.step, scale);
}

/** Positions of Page Up and of an arrow with Shift */
const STRIDE = POSITIONS / 20;

/** How many positions a key moves a slider's thumb by; null for other keys. */
function stridesOf(key: string, hasShift: boolean): number | null {
  const stride = hasShift ? STRIDE : 1;
  if (key === 'ArrowRight' || key === 'ArrowUp') return stride;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return -stride;
  if (key === 'PageUp') return STRIDE;
  if (key === 'PageDown') return -STRIDE;
  if (key === 'Home') return -POSITIONS;
  if (key === 'End') return POSITIONS;
  return null;
}

/**
 * Where a key takes a slider; null for keys that do nothing. A key moves the number by at least one
 * step of the scale, also where positions are denser.
 */
export function keyedValue(
  key: string,
  hasShift: boolean,
  value: number,
  scale: NumberScale,
): number | null {
  const strides = stridesOf(key, hasShift);
  if (strides === null) return null;
  const from = positionOf(value, scale);
  const position = Math.min(POSITIONS, Math.max(0, from + strides));
  // The thumb is at that end already, and the value may even be beyond it.
  if (position === from) return value;
  const target = valueAt(position, scale);
  if (Math.abs(target - value) >= scale.step) return target;
  return nextValue(value + Math.sign(strides) * scale.step, scale);
}
