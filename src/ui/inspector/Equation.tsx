import type { ReactNode } from 'react';
import { MathText } from '../charts/MathText';
import styles from './Inspector.module.css';

/** A box of equations; `numbers` are the live values under them. */
export function EquationBox(props: {
  readonly direction: 'forward' | 'backward';
  readonly lines: readonly string[];
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={styles.box}>
      {props.lines.map((line) => (
        <p key={line} className={styles.equation} data-direction={props.direction}>
          <MathText text={line} />
        </p>
      ))}
      <dl className={styles.numbers}>{props.children}</dl>
    </div>
  );
}

/** One number with its name; `name` may hold mathematics. */
export function Quantity(props: {
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  /** A line of its own */
  readonly wide?: boolean;
}): ReactNode {
  return (
    <div className={styles.quantity} data-wide={props.wide || undefined} title={props.hint}>
      <dt>
        <MathText text={props.name} />
      </dt>
      <dd>{props.value}</dd>
    </div>
  );
}
