import type { ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useResult, useText } from '../app/context';
import { formatCount } from '../charts/format';
import { MathText } from '../charts/MathText';
import { BackwardSection, ContributionSection } from './BackwardSection';
import { ForwardSection, OutputSection } from './ForwardSection';
import { UnitTable } from './UnitTable';
import styles from './Inspector.module.css';

/** The step under the playhead: its equations with its numbers. */
export function Inspector(): ReactNode {
  const result = useResult();
  const text = useText();
  if (result === null) {
    return (
      <div className={styles.inspector} aria-busy="true">
        <p className={styles.note}>{text('inspector.waiting')}</p>
      </div>
    );
  }
  const { step, batchEntry } = result.step;
  const { B } = result.summary.shape;
  const { overflowAt } = result.summary;
  return (
    <div className={styles.inspector}>
      <h2 className={styles.heading}>
        {text('inspector.step', { step: formatCount(step) })}
        {B > 1 && (
          <span className={styles.entry}>
            {text('inspector.entry', { entry: batchEntry + 1, B })}
          </span>
        )}
      </h2>
      {overflowAt !== null && step >= overflowAt ? (
        <p className={styles.warning}>{text('inspector.overflow', { step: overflowAt })}</p>
      ) : (
        <Sections result={result} />
      )}
    </div>
  );
}

function Sections({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  return (
    <>
      <Section title={text('inspector.forward')}>
        <ForwardSection result={result} />
      </Section>
      <Section title={text('inspector.output')}>
        <OutputSection result={result} />
      </Section>
      <Section title={text('inspector.backward')}>
        <BackwardSection result={result} />
      </Section>
      <Section title={text('inspector.adds')}>
        <ContributionSection result={result} />
      </Section>
      <Section title={text('inspector.units')}>
        <UnitTable step={result.step} />
      </Section>
    </>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>
        <MathText text={props.title} />
      </h3>
      {props.children}
    </section>
  );
}
