import type { ReactNode } from 'react';
import { departureFromNormality } from '../../../analysis/spectrum';
import { useText } from '../../app/context';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { AnalysisFrame } from '../AnalysisFrame';
import styles from '../lab.module.css';
import { Facts, PanelPart } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import { ComplexPlane } from './ComplexPlane';

export const SPECTRUM = { kind: 'spectrum' } as const;

/** Below this, what is left of Henrici's number is the weights' rounding to float32. */
const NORMAL = 1e-3;

/** Eigenvalues of W_h, and how far W_h is from a normal matrix. */
export function EigenvaluePart(): ReactNode {
  const text = useText();
  const analysis = useAnalysis(SPECTRUM);
  return (
    <PanelPart title={text('spectrum.eigenvalues')}>
      <p className={styles.note}>
        <MathText text={text('spectrum.eigenvaluesAbout')} />
      </p>
      <ComplexPlane />
      <AnalysisFrame question={SPECTRUM} analysis={analysis} height="9.5rem">
        {(value) => {
          const { eigenvalues, singularValues } = value;
          const sigma = singularValues[0] ?? 0;
          const least = singularValues[singularValues.length - 1] ?? 0;
          const departure = departureFromNormality(value);
          return (
            <>
              <Facts
                facts={[
                  {
                    name: text('spectrum.radius'),
                    value: formatNumber(Math.hypot(...(eigenvalues[0] ?? [0, 0]))),
                    about: text('spectrum.radiusAbout'),
                  },
                  {
                    name: text('spectrum.sigma'),
                    value: formatNumber(sigma),
                    about: text('spectrum.sigmaAbout'),
                  },
                  {
                    name: text('spectrum.condition'),
                    value: formatNumber(least === 0 ? Infinity : sigma / least),
                    about: text('spectrum.conditionAbout'),
                  },
                  {
                    name: text('spectrum.henrici'),
                    value: departure < NORMAL ? '0' : formatNumber(departure),
                    about: text('spectrum.henriciAbout'),
                  },
                ]}
              />
              <p>
                <MathText
                  text={text(departure < NORMAL ? 'spectrum.normal' : 'spectrum.notNormal')}
                />
              </p>
            </>
          );
        }}
      </AnalysisFrame>
    </PanelPart>
  );
}
