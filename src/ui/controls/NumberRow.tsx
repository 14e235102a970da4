import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';
import { NumberField } from './NumberField';
import type { NumberScale } from './numberScale';
import { ScrubLabel } from './ScrubLabel';
import { ValueSlider } from './ValueSlider';

interface NumberRowProps {
  /** The accessible name */
  readonly name: string;
  /** The visible label when it needs more than text */
  readonly label?: ReactNode;
  readonly value: number;
  readonly scale: NumberScale;
  readonly onChange: (value: number, gesture?: string) => void;
  readonly slider?: boolean;
  /** When the slider covers only the usual part of the scale */
  readonly sliderScale?: NumberScale;
  readonly width?: number;
  readonly disabled?: boolean;
  /** The id of a text about the field, such as why it is disabled */
  readonly describedBy?: string;
  /** Follows the number: buttons, a unit */
  readonly children?: ReactNode;
}

/** Label to drag, slider, number field: three ways to the same value. */
export function NumberRow(props: NumberRowProps) {
  const { name, label, value, scale, onChange, slider = false, width = 6, children } = props;
  const { disabled = false } = props;
  const id = useId();
  return (
    <div className={styles.row}>
      <ScrubLabel htmlFor={id} value={value} scale={scale} onChange={onChange} disabled={disabled}>
        {label ?? name}
      </ScrubLabel>
      {slider && (
        <ValueSlider
          label={name}
          value={value}
          scale={props.sliderScale ?? scale}
          onChange={onChange}
          disabled={disabled}
        />
      )}
      <span className={styles.end}>
        <NumberField
          id={id}
          label={name}
          value={value}
          scale={scale}
          onChange={onChange}
          width={width}
          disabled={disabled}
          {...(props.describedBy !== undefined && { describedBy: props.describedBy })}
        />
        {children}
      </span>
    </div>
  );
}
