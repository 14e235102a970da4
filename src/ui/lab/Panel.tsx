import type { ReactNode } from 'react';
import { MathText } from '../charts/MathText';
import styles from './lab.module.css';

interface PanelProps {
  readonly title: string;
  /** The formula everything in the panel is about, with MathText's markup */
  readonly formula: string;
  /** At most three sentences */
  readonly about: string;
  readonly children: ReactNode;
}

/** A panel of the laboratory: what it is, its formula, an explanation, and then the numbers. */
export function Panel({ title, formula, about, children }: PanelProps): ReactNode {
  return (
    <div className={styles.panel}>
      <h2>{title}</h2>
      <p className={styles.formula}>
        <Equations text={formula} />
      </p>
      <p className={styles.note}>
        <MathText text={about} />
      </p>
      {children}
    </div>
  );
}

/** The equations of a formula: a line ends between two of them rather than in one. */
export function Equations({ text }: { readonly text: string }): ReactNode {
  return text.split(/(?<=，|, )/).map((equation) => (
    <span key={equation} className={styles.equation}>
      <MathText text={equation} />
    </span>
  ));
}

/** One part of a panel, under a small heading. */
export function PanelPart(props: {
  readonly title: string;
  /** At the end of the heading's line */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h3>
          <MathText text={props.title} />
        </h3>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}

/** Name and number, line by line; an `about` explains the line on hover and to screen readers. */
export function Facts(props: {
  readonly facts: readonly {
    readonly name: string;
    readonly value: ReactNode;
    readonly about?: string;
  }[];
}): ReactNode {
  return (
    <dl className={styles.facts}>
      {props.facts.map(({ name, value, about }) => (
        <div key={name} title={about}>
          <dt>
            <MathText text={name} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
