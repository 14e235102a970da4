import type { ReactNode } from 'react';
import { MAXIMUM_SLOPE } from '../../model/kinds';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import { formatLog2, formatNumber, log2NormOfPlain } from '../charts/format';
import { MathText } from '../charts/MathText';
import { EquationBox, Quantity } from './Equation';
import { ACTIVATION_NOTATION, applied, OUTPUT_NOTATION } from './notation';
import { shortVector, slopeSummary } from './stepNumbers';
import styles from './Inspector.module.css';

export function ForwardSection({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { step: detail, problem } = result;
  const t = detail.step;
  const isReset = problem.resets?.includes(t) ?? false;
  const greatest = MAXIMUM_SLOPE[problem.activation];
  const slopes = slopeSummary(detail.slopes, greatest);
  return (
    <EquationBox
      direction="forward"
      lines={[
        `*a*_{${t}} = *W*_h ${isReset ? '0' : `*h*_{${t - 1}}`} + *W*_x *x*_{${t}} + *b*`,
        `*h*_{${t}} = ${applied(ACTIVATION_NOTATION[problem.activation], `*a*_{${t}}`)}`,
      ]}
    >
      <Quantity name="‖*a*‖" value={formatLog2(log2NormOfPlain(detail.preActivations))} />
      <Quantity name="‖*h*‖" value={formatLog2(log2NormOfPlain(detail.state))} />
      <Quantity name={text('inspector.meanSlope')} value={formatNumber(slopes.mean)} />
      <Quantity
        name={text('inspector.saturated')}
        value={`${slopes.saturated} / ${detail.state.length}`}
        hint={text('inspector.saturatedHint', { gamma: formatNumber(greatest) })}
      />
      {slopes.dead > 0 && (
        <Quantity
          name={text('track.dead')}
          value={`${slopes.dead} / ${detail.state.length}`}
          hint={text('inspector.deadHint')}
        />
      )}
    </EquationBox>
  );
}

export function OutputSection({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { step: detail, problem } = result;
  const t = detail.step;
  const weight = problem.lossWeights[t - 1] ?? 0;
  const short = (values: Float32Array): string =>
    shortVector(values, (v) => formatNumber(v, values.length > 2 ? 2 : 3));
  const target =
    problem.targets.kind === 'class'
      ? text('inspector.class', { index: detail.target.indexOf(1) + 1, count: problem.O })
      : short(detail.target);
  return (
    <>
      <EquationBox
        direction="forward"
        lines={[
          `*y*_{${t}} = ${applied(OUTPUT_NOTATION[problem.outputActivation], `*W*_y *h*_{${t}} + *c*`)}`,
        ]}
      >
        <Quantity name={`*y*_{${t}}`} value={short(detail.outputs)} wide={problem.O > 2} />
        {/* Both keep their places where there is no loss, so that nothing below moves. */}
        <Quantity name={`*ŷ*_{${t}}`} value={weight === 0 ? '–' : target} wide={problem.O > 2} />
        <Quantity name={`*ℓ*_{${t}}`} value={weight === 0 ? '–' : formatNumber(detail.stepLoss)} />
      </EquationBox>
      <p className={`${styles.note} ${styles.twoLines}`}>
        <MathText text={text(weight === 0 ? 'inspector.noLoss' : 'inspector.outputNote')} />
      </p>
    </>
  );
}
