import type { ReactNode } from 'react';
import { useAppStore, useText } from '../../app/context';
import { formatCount, formatLog2 } from '../../charts/format';
import { NumberRow } from '../../controls/NumberRow';
import { wholeScale } from '../../controls/numberScale';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { Facts, PanelPart } from '../Panel';
import { useKeptAnalysis } from '../useKeptAnalysis';
import { drawSentBack, sendBackFrom, useSentBack } from './sentBack';
import styles from './flow.module.css';

/** Where a unit error is sent back from, whether its curve is drawn, and what of it arrives. */
export function SentBackPart(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const sent = useSentBack();
  if (sent === null) return null;
  return (
    <PanelPart title={text('flow.sent')}>
      <NumberRow
        name={text('flow.sentFrom')}
        value={sent.from}
        scale={wholeScale({ least: 1, most: sent.last })}
        onChange={sendBackFrom}
      />
      <div className={styles.controls}>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={sent.isDrawn}
            onChange={(event) => drawSentBack(event.currentTarget.checked)}
          />
          {text('flow.drawn')}
        </label>
        <button
          type="button"
          className={buttons.small}
          onClick={() =>
            sendBackFrom(Math.min(sent.last, store.getState().configuration.view.step))
          }
        >
          {text('flow.fromPlayhead')}
        </button>
      </div>
      <Arrival question={sent.question} />
    </PanelPart>
  );
}

function Arrival(props: {
  readonly question: NonNullable<ReturnType<typeof useSentBack>>['question'];
}): ReactNode {
  const text = useText();
  const { analysis, answered } = useKeptAnalysis(props.question);
  return (
    <AnalysisFrame question={props.question} analysis={analysis} height="1.5rem">
      {({ log2Norm }, { problem }) => {
        const start = problem.cuts.findLast((cut) => cut <= answered.from) ?? 1;
        return (
          <Facts
            facts={[
              {
                name: text('flow.arrives', { step: formatCount(start) }),
                value: formatLog2(log2Norm[start - 1] ?? NaN),
              },
            ]}
          />
        );
      }}
    </AnalysisFrame>
  );
}
