import { useId, type ReactNode } from 'react';
import { NumberField } from '../../controls/NumberField';
import type { NumberScale } from '../../controls/numberScale';
import { ValueSlider } from '../../controls/ValueSlider';
import styles from './train.module.css';

interface OptionalRowProps {
  readonly name: string;
  readonly hint?: string;
  readonly unit?: string;
  /** Null: switched off */
  readonly value: number | null;
  /** What it is when it is switched on */
  readonly start: number;
  readonly scale: NumberScale;
  readonly sliderScale?: NumberScale;
  readonly onChange: (value: number | null, gesture?: string) => void;
}

/** A bound that may be there: a tick, and then its number. */
export function OptionalRow(props: OptionalRowProps): ReactNode {
  const { name, hint, value, start, scale, sliderScale, onChange } = props;
  return (
    <div className={styles.optional}>
      <label className={styles.flag} title={hint}>
        <input
          type="checkbox"
          checked={value !== null}
          onChange={(event) => onChange(event.target.checked ? start : null)}
        />
        {name}
      </label>
      {value !== null && (
        <>
          {sliderScale !== undefined && (
            <ValueSlider label={name} value={value} scale={sliderScale} onChange={onChange} />
          )}
          <span className={styles.optionalEnd}>
            <NumberField label={name} value={value} scale={scale} onChange={onChange} width={6} />
            {props.unit}
          </span>
        </>
      )}
    </div>
  );
}

export function Flag(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={styles.optional}>
      <label className={styles.flag} htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={props.checked}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        {props.label}
      </label>
    </div>
  );
}
