import { cutsInside, type Truncation } from '../../model/truncation';
import { LIMITS } from '../../model/configuration';
import { Button } from '../app/Button';
import { useAppState, useText } from '../app/context';
import { CloseIcon } from '../app/icons';
import { MathText, plainMath } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { Chips } from './Chips';
import styles from './Field.module.css';
import { useChange } from './gesture';
import { NumberRow } from './NumberRow';
import { wholeScale, type NumberScale } from './numberScale';
import { SeedRow } from './SeedRow';
import { Section } from './Section';
import cutStyles from './TruncationSection.module.css';

/** As many are listed; a cut at every tenth of 100 000 steps would drown the panel. */
const MOST_LISTED = 24;

const KINDS = ['none', 'chunked', 'sliding', 'random', 'reset'] as const;

/** What each scheme starts with when it is chosen. */
const STARTS: { readonly [K in Truncation['kind']]: Extract<Truncation, { kind: K }> } = {
  none: { kind: 'none' },
  chunked: { kind: 'chunked', every: 16 },
  sliding: { kind: 'sliding', depth: 16, every: 1 },
  random: { kind: 'random', keep: 0.9, seed: 1 },
  reset: { kind: 'reset', every: 16 },
};

/** How far back gradients go: a scheme, and cuts by hand on top of it. */
export function TruncationSection() {
  const text = useText();
  const change = useChange();
  const truncation = useAppState((state) => state.configuration.truncation);
  return (
    <Section title={text('truncation.title')} aside={<code>h.detach()</code>}>
      <Chips
        label={text('truncation.title')}
        value={truncation.kind}
        onChoose={(kind) => {
          if (kind !== truncation.kind) change({ truncation: STARTS[kind] });
        }}
        chips={KINDS.map((value) => ({
          value,
          label: <MathText text={text(`truncation.${value}`)} />,
          name: plainMath(text(`truncation.${value}`)),
          hint: plainMath(text(`truncation.${value}About`)),
        }))}
      />
      <Parameters truncation={truncation} />
      <p className={styles.hint}>
        <MathText text={text(`truncation.${truncation.kind}About`)} />
      </p>
      <CutsByHand />
    </Section>
  );
}

/** k from 1 to the sequence's length on a log slider; the field takes any. */
function useLengthScales(): { readonly scale: NumberScale; readonly sliderScale: NumberScale } {
  const T = useAppState((state) => state.configuration.T);
  const scale = { ...wholeScale(LIMITS.T), logarithmic: true };
  return { scale, sliderScale: { ...scale, most: Math.max(2, T) } };
}

const KEEP: NumberScale = { ...LIMITS.keep, step: 0.01, whole: false, logarithmic: false };

/** Steps that an error travels on average: 1/(1 − p). */
const REACH: NumberScale = { least: 1, most: 100_000, step: 1, whole: false, logarithmic: true };

function reachOf(keep: number): number {
  return Math.min(REACH.most, Number((1 / (1 - keep)).toPrecision(4)));
}

/** The p for which an error travels so many steps on average, with digits that fit a link. */
function keepFor(reach: number): number {
  const { least, most } = LIMITS.keep;
  return Math.min(most, Math.max(least, Number((1 - 1 / reach).toPrecision(6))));
}

function Parameters({ truncation }: { readonly truncation: Truncation }) {
  const text = useText();
  const change = useChange();
  const lengths = useLengthScales();
  const length = (
    key: 'every' | 'depth' | 'stride',
    value: number,
    set: (k: number) => Truncation,
  ) => (
    <NumberRow
      name={plainMath(text(`truncation.${key}`))}
      label={<MathText text={text(`truncation.${key}`)} />}
      value={value}
      {...lengths}
      onChange={(k, gesture) => change({ truncation: set(k) }, gesture)}
      slider
    />
  );
  switch (truncation.kind) {
    case 'none':
      return null;
    case 'chunked':
    case 'reset':
      return length('every', truncation.every, (every) => ({ ...truncation, every }));
    case 'sliding':
      return (
        <>
          {length('depth', truncation.depth, (depth) => ({
            ...truncation,
            depth,
            every: Math.min(depth, truncation.every),
          }))}
          {length('stride', truncation.every, (every) => ({
            ...truncation,
            every,
            depth: Math.max(every, truncation.depth),
          }))}
        </>
      );
    case 'random':
      return (
        <>
          <NumberRow
            name={plainMath(text('truncation.keep'))}
            label={<MathText text={text('truncation.keep')} />}
            value={truncation.keep}
            scale={KEEP}
            sliderScale={{ ...KEEP, least: 0.5 }}
            onChange={(keep, gesture) => change({ truncation: { ...truncation, keep } }, gesture)}
            slider
          />
          <NumberRow
            name={text('truncation.reach')}
            value={reachOf(truncation.keep)}
            scale={REACH}
            onChange={(reach, gesture) =>
              change({ truncation: { ...truncation, keep: keepFor(reach) } }, gesture)
            }
          >
            <span className={styles.hint}>{text('truncation.steps')}</span>
          </NumberRow>
          <SeedRow
            name={text('truncation.seed')}
            newSeed={text('truncation.newSeed')}
            seed={truncation.seed}
            onChange={(seed, gesture) => change({ truncation: { ...truncation, seed } }, gesture)}
          />
        </>
      );
  }
}

function CutsByHand() {
  const text = useText();
  const change = useChange();
  const T = useAppState((state) => state.configuration.T);
  const all = useAppState((state) => state.configuration.cuts);
  const step = useAppState((state) => state.configuration.view.step);
  const cuts = cutsInside(all, T);
  return (
    <>
      <h4 className={cutStyles.title}>{text('cuts.title')}</h4>
      <CutList
        cuts={cuts}
        onRemove={(removed) => change({ cuts: all.filter((cut) => cut !== removed) })}
      />
      <div className={cutStyles.buttons}>
        <Button
          className={buttons.small}
          unavailable={all.includes(step)}
          onClick={() => change({ cuts: [...all, step].sort((a, b) => a - b) })}
        >
          ✂ {text('cuts.add', { step })}
        </Button>
        <Button
          className={buttons.small}
          unavailable={all.length === 0}
          onClick={() => change({ cuts: [] })}
        >
          {text('cuts.clear')}
        </Button>
      </div>
      <p className={styles.hint}>{text('cuts.explain')}</p>
    </>
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
