import type { ReactNode } from 'react';
import { linkPasses } from '../../model/links';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import {
  formatLog2,
  formatNumber,
  formatRatio,
  formatShare,
  log2NormOfVector,
} from '../charts/format';
import { MathText } from '../charts/MathText';
import { log2ShareOf, log2Sum } from '../charts/series';
import { EquationBox, Quantity } from './Equation';
import styles from './Inspector.module.css';

export function BackwardSection({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { step: detail, problem, summary } = result;
  const t = detail.step;
  const next = t + 1;
  const last = summary.overflowAt === null ? problem.T : summary.overflowAt - 1;
  const cutAfter = t < problem.T && !linkPasses(problem, next);
  const factor = problem.linkFactors?.[next - 1] ?? 1;
  const series = summary.series.log2ErrorSignal;
  const ratio = (series[t - 1] ?? NaN) - (series[t] ?? NaN);
  const carries = t < last && !cutAfter;
  return (
    <>
      <EquationBox
        direction="backward"
        lines={[
          `*e*_{${t}} = *W*_y^T ∂*ℓ*_{${t}}/∂*z*_{${t}}${carries ? ` + ${factor === 1 ? '' : `${formatNumber(factor)} `}*W*_h^T *δ*_{${next}}` : ''}`,
          `*δ*_{${t}} = *f* ′(*a*_{${t}}) ⊙ *e*_{${t}}`,
        ]}
      >
        <Quantity
          name={text('inspector.injected')}
          value={formatLog2(log2NormOfVector(detail.injected))}
          hint={text('inspector.injectedHint')}
        />
        <Quantity
          name={text('inspector.carried')}
          value={formatLog2(log2NormOfVector(detail.carried))}
          hint={text('inspector.carriedHint')}
        />
        <Quantity name={`‖*δ*_{${t}}‖`} value={formatLog2(log2NormOfVector(detail.errorSignal))} />
        {carries && Number.isFinite(ratio) && (
          <Quantity
            name={`‖*δ*_{${t}}‖ / ‖*δ*_{${next}}‖`}
            value={formatRatio(ratio)}
            wide
            hint={text('inspector.ratioHint')}
          />
        )}
      </EquationBox>
      {cutAfter && t < last && (
        <p className={styles.cut}>
          <span aria-hidden="true">✂ </span>
          <MathText text={text('inspector.cutAfter', { next })} />
        </p>
      )}
      {t === last && <p className={styles.note}>{text('inspector.lastStep')}</p>}
    </>
  );
}

export function ContributionSection({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { step: detail, summary } = result;
  const t = detail.step;
  const contributions = summary.series.log2Contribution;
  const norm = contributions[t - 1] ?? NaN;
  return (
    <EquationBox direction="backward" lines={[`*δ*_{${t}} *h*_{${t - 1}}^T`]}>
      <Quantity name="‖·‖" value={formatLog2(norm)} hint={text('inspector.ratioHint')} />
      <Quantity
        name={text('inspector.shareName')}
        value={formatShare(log2ShareOf(norm, log2Sum(contributions)))}
        hint={text('inspector.shareHint')}
      />
    </EquationBox>
  );
}
