import type { ReactNode } from 'react';
import { FLOAT_FORMATS, rounded, type FloatFormat } from '../../../analysis/floatFormats';
import type { GradientFlow } from '../../../analysis/gradientFlow';
import type { Result } from '../../../state/types';
import { useText } from '../../app/context';
import { formatCount, formatLog2 } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { flowOf } from '../../timeline/flow';
import styles from './flow.module.css';

const FORMATS = ['float16', 'bfloat16', 'float32'] as const satisfies FloatFormat[];

/** How far back each format would have carried the gradient, and what it would show at the start. */
export function FormatsTable({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const flow = flowOf(result);
  const earliest = result.summary.series.log2StateGradient[flow.from - 1] ?? NaN;
  return (
    <>
      <p className={styles.says}>
        <MathText
          text={text('flow.formatsCaption', {
            to: formatCount(flow.to),
            from: formatCount(flow.from),
          })}
        />
      </p>
      <table className={styles.formats}>
        <thead>
          <tr>
            <th scope="col">{text('flow.format')}</th>
            <th scope="col">{text('flow.loses')}</th>
            <th scope="col">{text('flow.gone')}</th>
            <th scope="col">{text('flow.reads')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{text('flow.true')}</th>
            <td>–</td>
            <td>–</td>
            <td>{formatLog2(earliest)}</td>
          </tr>
          {FORMATS.map((format) => (
            <FormatRow key={format} format={format} flow={flow} earliest={earliest} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function FormatRow(props: {
  readonly format: FloatFormat;
  readonly flow: GradientFlow;
  readonly earliest: number;
}): ReactNode {
  const text = useText();
  const { format, flow, earliest } = props;
  const { subnormalAt, zeroAt, infiniteAt } = flow.formats[format];
  // What lies before the cut belongs to other losses.
  const after = (at: number | null, key: 'flow.after' | 'flow.infinityAfter' | 'flow.zeroAfter') =>
    at === null || at < flow.from ? null : text(key, { steps: formatCount(flow.to - at) });
  return (
    <tr>
      <th scope="row">{format}</th>
      <td>{after(subnormalAt, 'flow.after') ?? '–'}</td>
      <td>{after(infiniteAt, 'flow.infinityAfter') ?? after(zeroAt, 'flow.zeroAfter') ?? '–'}</td>
      <Reading format={format} log2={earliest} />
    </tr>
  );
}

/** The format's own rounding of 2^log2, with what is left of its digits. */
function Reading(props: { readonly format: FloatFormat; readonly log2: number }): ReactNode {
  const text = useText();
  if (Number.isNaN(props.log2)) return <td>–</td>;
  const shown = rounded(props.log2, FLOAT_FORMATS[props.format]);
  switch (shown.kind) {
    case 'zero':
      // An exact zero is no fault of the format.
      return <td data-lost={props.log2 > -Infinity}>0</td>;
    case 'infinite':
      return <td data-lost>∞</td>;
    case 'normal':
      return <td>{formatLog2(shown.log2)}</td>;
    case 'subnormal':
      return (
        <td data-lost>
          {formatLog2(shown.log2)}
          <small>{text('flow.bits', { bits: shown.bits, of: shown.of })}</small>
        </td>
      );
  }
}
