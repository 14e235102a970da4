import type { ReactNode } from 'react';
import type { GradientFlow } from '../../../analysis/gradientFlow';
import type { Result } from '../../../state/types';
import { useResult, useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { formatSteps, regimeOf } from '../../timeline/flow';
import { useFlow } from '../../timeline/useFlow';
import { Facts, Panel, PanelPart } from '../Panel';
import { Compared } from './Compared';
import { FormatsTable } from './FormatsTable';
import { SentBackPart } from './SentBackPart';

/** How fast the gradient vanishes or explodes, and what number formats make of it. */
export function FlowPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  const { flow } = useFlow();
  return (
    <div id="verdict-panel">
      <Panel title={text('flow.title')} formula={text('flow.formula')} about={text('flow.about')}>
        <PanelPart title={text('flow.measured')}>
          <Measured flow={flow} />
        </PanelPart>
        {result !== null && (
          <>
            <PanelPart title={text('flow.compared')}>
              <Compared result={result} factor={flow?.factor ?? null} />
            </PanelPart>
            {/* Not where the very first state has overflowed, nor without any gradient */}
            {(flow === null || (flow.to > 0 && hasGradient(result))) && (
              <PanelPart title={text('flow.formats')}>
                <FormatsTable result={result} />
              </PanelPart>
            )}
            <SentBackPart />
          </>
        )}
      </Panel>
    </div>
  );
}

/** The same rows whatever the regime, so that nothing moves while something is dragged. */
function Measured({ flow }: { readonly flow: GradientFlow | null }): ReactNode {
  const text = useText();
  const grows = flow !== null && flow.doublingTime !== null;
  const time = flow?.halfLife ?? flow?.doublingTime ?? null;
  const isOnGradient = flow?.measuredOn !== 'unitError';
  return (
    <Facts
      facts={[
        {
          name: text('flow.regime'),
          value: text(flow === null ? 'verdict.measuring' : `verdict.${regimeOf(flow)}`),
        },
        {
          name: text('flow.factor'),
          value: flow === null || flow.factor === null ? '–' : `×${formatNumber(flow.factor)}`,
        },
        {
          name: text(grows ? 'flow.doubling' : 'flow.halfLife'),
          value: time === null ? '–' : text('flow.steps', { count: formatSteps(time) }),
        },
        {
          name: text('flow.on'),
          value:
            flow === null ? (
              '–'
            ) : (
              <MathText text={text(isOnGradient ? 'flow.onGradient' : 'flow.onUnitError')} />
            ),
        },
        {
          name: text('flow.over'),
          value:
            flow === null || flow.to < 1 ? (
              '–'
            ) : (
              <MathText
                text={text(flow.lastCut === null ? 'flow.stretch' : 'flow.stretchCut', {
                  from: formatCount(flow.from),
                  to: formatCount(flow.to),
                })}
              />
            ),
        },
      ]}
    />
  );
}

function hasGradient({ summary }: Result): boolean {
  return summary.series.log2StateGradient.some((norm) => norm > -Infinity);
}
