import { useMemo, type ReactNode } from 'react';
import { estimateMeanField } from '../../../analysis/meanFieldEstimate';
import type { Result } from '../../../state/types';
import { useText } from '../../app/context';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { AnalysisFrame } from '../AnalysisFrame';
import { Equations, Facts, PanelPart } from '../Panel';
import styles from '../lab.module.css';
import type { LyapunovQuestion } from './LyapunovPart';
import { phaseOf, reservationOf } from './critical';
import own from './spectrum.module.css';
import { useKeptAnalysis } from '../useKeptAnalysis';

interface CriticalPartProps {
  readonly result: Result;
  /** Null while the exponents have not been asked for */
  readonly question: LyapunovQuestion | null;
}

/** What mean-field theory says of a network with these moments, beside what was measured. */
export function CriticalPart({ result, question }: CriticalPartProps): ReactNode {
  const text = useText();
  const { problem } = result;
  const { batchEntry } = result.step;
  const { sigmaW, sigmaB } = useMemo(
    () => estimateMeanField(problem, batchEntry),
    [problem, batchEntry],
  );
  const observed = useKeptAnalysis(question)?.analysis.value ?? null;
  return (
    <PanelPart title={text('spectrum.critical')}>
      <p className={own.formula}>
        <Equations text={text('spectrum.criticalFormula')} />
      </p>
      <p className={styles.note}>
        <MathText text={text('spectrum.criticalAbout')} />
      </p>
      <Reservation result={result} />
      <Facts
        facts={[
          {
            name: text('spectrum.sigmaW'),
            value: formatNumber(sigmaW),
            about: text('spectrum.sigmaWAbout'),
          },
          {
            name: text('spectrum.sigmaB'),
            value: formatNumber(sigmaB),
            about: text('spectrum.sigmaBAbout'),
          },
        ]}
      />
      <Stated activation={problem.activation} sigmaW={sigmaW} sigmaB={sigmaB} />
      <Facts
        facts={[
          {
            name: text('spectrum.observed'),
            value: observed === null ? '–' : formatNumber(observed.exponents[0] ?? NaN),
            about: text('spectrum.observedAbout'),
          },
        ]}
      />
    </PanelPart>
  );
}

interface StatedProps {
  readonly activation: Result['problem']['activation'];
  readonly sigmaW: number;
  readonly sigmaB: number;
}

function Stated({ activation, sigmaW, sigmaB }: StatedProps): ReactNode {
  const text = useText();
  const field = useKeptAnalysis({ kind: 'meanField', activation, sigmaW, sigmaB } as const);
  const point = useKeptAnalysis({ kind: 'criticalPoint', activation, sigmaB } as const);
  return (
    <>
      <AnalysisFrame question={field.asked} analysis={field.analysis} height="5.6rem">
        {({ q, chi }) => (
          <>
            <Facts
              facts={[
                { name: text('spectrum.q'), value: formatNumber(q) },
                {
                  name: text('spectrum.chi'),
                  value: `${formatNumber(chi)} (${text(`spectrum.phase.${phaseOf(q, chi)}`)})`,
                },
                { name: text('spectrum.halfLogChi'), value: formatNumber(Math.log(chi) / 2) },
              ]}
            />
            {q === Infinity && (
              <p className={styles.note}>
                <MathText text={text('spectrum.unbounded')} />
              </p>
            )}
          </>
        )}
      </AnalysisFrame>
      {/* The frame takes null for no answer; here it is one. */}
      {point.analysis.value === null && point.analysis.isCurrent ? (
        <p className={styles.note}>
          <MathText text={text('spectrum.noCritical')} />
        </p>
      ) : (
        <AnalysisFrame question={point.asked} analysis={point.analysis} height="1.4rem">
          {(value) =>
            value !== null && (
              <Facts
                facts={[
                  {
                    name: text('spectrum.criticalSigma'),
                    value: formatNumber(value.sigmaW),
                    about: text('spectrum.criticalSigmaAbout'),
                  },
                ]}
              />
            )
          }
        </AnalysisFrame>
      )}
    </>
  );
}

/** Says so when W_h is not what the theory is about. */
function Reservation({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { configuration } = result;
  const reservation = reservationOf(configuration);
  if (reservation === null) return null;
  return (
    <p className={own.warning}>
      <MathText
        text={text(`spectrum.reservation.${reservation}`, {
          kind: text(`weights.init.${configuration.initialiser.kind}`),
          H: configuration.H,
        })}
      />
    </p>
  );
}
