import { useState } from 'react';
import { useAppState, useText } from '../app/context';
import { CloseIcon } from '../app/icons';
import buttons from '../theme/buttons.module.css';
import styles from './Field.module.css';
import { useChange } from './gesture';
import { NumberRow } from './NumberRow';
import { wholeScale } from './numberScale';
import { Section } from './Section';
import cutStyles from './TruncationSection.module.css';

/** As many are listed; a cut at every tenth of 100 000 steps would drown the panel. */
const MOST_LISTED = 24;

export function TruncationSection() {
  const text = useText();
  const change = useChange();
  const cuts = useAppState((state) => state.configuration.cuts);
  return (
    <Section title={text('cuts.title')} aside={<code>h.detach()</code>}>
      <CutList
        cuts={cuts}
        onRemove={(step) => change({ cuts: cuts.filter((cut) => cut !== step) })}
      />
      <CutEvery />
      <div className={cutStyles.buttons}>
        <CutHere cuts={cuts} />
        <button
          type="button"
          className={buttons.small}
          disabled={cuts.length === 0}
          onClick={() => change({ cuts: [] })}
        >
          {text('cuts.clear')}
        </button>
      </div>
      <p className={styles.hint}>{text('cuts.explain')}</p>
    </Section>
  );
}

interface CutListProps {
  readonly cuts: readonly number[];
  readonly onRemove: (step: number) => void;
}

function CutList({ cuts, onRemove }: CutListProps) {
  const text = useText();
  if (cuts.length === 0) return <p className={cutStyles.none}>{text('cuts.none')}</p>;
  return (
    <ul className={cutStyles.list}>
      {cuts.slice(0, MOST_LISTED).map((step) => (
        <li key={step} className={cutStyles.cut}>
          <span aria-hidden="true">✂</span>
          <span title={text('cuts.at', { step })}>{step}</span>
          <button
            type="button"
            className={cutStyles.remove}
            aria-label={text('cuts.remove', { step })}
            onClick={() => onRemove(step)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
      {cuts.length > MOST_LISTED && (
        <li className={styles.hint}>{text('cuts.more', { count: cuts.length - MOST_LISTED })}</li>
      )}
    </ul>
  );
}

/** Cuts at k+1, 2k+1, …: chunks of k steps, as `detach()` after each chunk gives. */
function CutEvery() {
  const text = useText();
  const change = useChange();
  const T = useAppState((state) => state.configuration.T);
  const [period, setPeriod] = useState(16);
  const cutEvery = () => {
    const cuts = Array.from(
      { length: Math.max(0, Math.ceil(T / period) - 1) },
      (_, i) => (i + 1) * period + 1,
    );
    change({ cuts });
  };
  return (
    <NumberRow
      name={text('cuts.every')}
      value={period}
      scale={{ ...wholeScale({ least: 1, most: 100_000 }), logarithmic: true }}
      onChange={setPeriod}
    >
      <span className={styles.hint}>{text('cuts.everyUnit')}</span>
      <button type="button" className={buttons.small} onClick={cutEvery}>
        {text('cuts.apply')}
      </button>
    </NumberRow>
  );
}

function CutHere({ cuts }: { readonly cuts: readonly number[] }) {
  const text = useText();
  const change = useChange();
  const step = useAppState((state) => state.configuration.view.step);
  return (
    <button
      type="button"
      className={buttons.small}
      disabled={cuts.includes(step)}
      onClick={() => change({ cuts: [...cuts, step].sort((a, b) => a - b) })}
    >
      ✂ {text('cuts.add', { step })}
    </button>
  );
}
