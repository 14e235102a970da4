import { Slider } from '@base-ui/react/slider';
import { useGesture } from './gesture';
import { nextValue, positionOf, SLIDER_POSITIONS, valueAt, type NumberScale } from './numberScale';
import { formatNumber } from './parseNumber';
import styles from './ValueSlider.module.css';

interface ValueSliderProps {
  readonly label: string;
  readonly value: number;
  readonly scale: NumberScale;
  readonly onChange: (value: number, gesture?: string) => void;
  readonly disabled?: boolean;
}

/** A slider over a linear or logarithmic scale; one drag carries one gesture id. */
export function ValueSlider({ label, value, scale, onChange, disabled = false }: ValueSliderProps) {
  const gesture = useGesture();
  const position = positionOf(value, scale);

  const change = (next: number, reason: string) => {
    // A key press moves the number by at least one step, also where positions are denser.
    const keyed = reason === 'keyboard' && Math.abs(next - position) <= SLIDER_POSITIONS / 10;
    let target = valueAt(next, scale);
    if (keyed && Math.abs(target - value) < scale.step) {
      target = nextValue(value + Math.sign(next - position) * scale.step, scale);
    }
    if (target !== value) onChange(target, gesture.current());
  };

  return (
    <Slider.Root
      className={styles.root}
      value={position}
      min={0}
      max={SLIDER_POSITIONS}
      step={1}
      largeStep={SLIDER_POSITIONS / 20}
      disabled={disabled}
      onValueChange={(next, details) => change(next, details.reason)}
      onValueCommitted={(_, details) => {
        if (details.reason !== 'keyboard') gesture.end();
      }}
      onKeyUp={gesture.end}
    >
      <Slider.Control className={styles.control}>
        <Slider.Track className={styles.track}>
          <Slider.Indicator className={styles.indicator} />
          <Slider.Thumb
            className={styles.thumb}
            aria-label={label}
            getAriaValueText={() => formatNumber(value)}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
