import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import { INITIALISERS, LIMITS, WEIGHT_KEYS, type WeightKey } from '../../model/configuration';
import { Button } from '../app/Button';
import { useAppState, useAppStore, useText } from '../app/context';
import { MathText, plainMath } from '../charts/MathText';
import field from '../controls/Field.module.css';
import { useChange } from '../controls/gesture';
import { NumberRow } from '../controls/NumberRow';
import { Section } from '../controls/Section';
import { SeedRow } from '../controls/SeedRow';
import buttons from '../theme/buttons.module.css';
import { ArrayPanel } from './ArrayPanel';
import { SpectrumFields } from './SpectrumFields';
import { editedEntries, WEIGHT_LABELS, withoutOwnRecurrentWeights } from './weightArrays';
import styles from './WeightsSection.module.css';

const GAINS = { ...LIMITS.gain, step: 0.01, whole: false, logarithmic: false };
/** The slider's range; the field and the label go on to the limit. */
const SLIDER_GAINS = { ...GAINS, most: 2 };
const ANGLES = {
  least: -Math.PI,
  most: Math.PI,
  step: 0.01,
  whole: false,
  logarithmic: false,
} as const;

/** All weights as the seed gives them; "same seed" and every other seed start from there. */
const GENERATED = { edits: [], arrays: {} } as const;

export function WeightsSection() {
  const text = useText();
  const [key, setKey] = useState<WeightKey>('Wh');
  return (
    <Section title={text('weights.title')}>
      <Tabs.Root value={key} onValueChange={(value: WeightKey) => setKey(value)}>
        <Tabs.List className={styles.tabs} aria-label={text('weights.matrix')}>
          {WEIGHT_KEYS.map((weight) => (
            <Tabs.Tab
              key={weight}
              value={weight}
              className={styles.tab}
              aria-label={plainMath(WEIGHT_LABELS[weight])}
            >
              <MathText text={WEIGHT_LABELS[weight]} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {WEIGHT_KEYS.map((weight) => (
          <Tabs.Panel key={weight} value={weight} className={styles.panel}>
            <ArrayPanel key={weight} weight={weight} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <InitialiserRow />
      <GainRow />
      <WeightSeed />
      <InitialiserNote />
      <SpectrumFields />
    </Section>
  );
}

function InitialiserRow() {
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const initialiser = useAppState((state) => state.configuration.initialiser);
  const pasted = useAppState((state) => state.configuration.arrays.Wh !== undefined);
  return (
    <>
      <div className={field.row}>
        <label className={field.label} htmlFor="initialiser">
          {text('weights.initialiser')}
        </label>
        <select
          id="initialiser"
          className={`${buttons.select} ${field.grow}`}
          value={pasted ? '' : initialiser.kind}
          onChange={(event) => {
            const kind = INITIALISERS.find((known) => known === event.currentTarget.value);
            if (kind === undefined) return;
            const { configuration } = store.getState();
            // A fresh start for W_h; the other arrays are not this control's.
            change({
              initialiser: { ...initialiser, kind },
              ...withoutOwnRecurrentWeights(configuration),
            });
          }}
        >
          {pasted && (
            <option value="" disabled>
              {text('weights.own')}
            </option>
          )}
          {INITIALISERS.map((kind) => (
            <option key={kind} value={kind}>
              {text(`weights.init.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {initialiser.kind === 'rotation' && !pasted && (
        <NumberRow
          name={text('weights.angle')}
          value={initialiser.angle}
          scale={ANGLES}
          onChange={(angle, gesture) =>
            change({ initialiser: { kind: 'rotation', angle } }, gesture)
          }
          slider
        />
      )}
    </>
  );
}

/** What W_h is made of. One line, whatever it says: nothing moves when an entry is set by hand. */
function InitialiserNote() {
  const text = useText();
  const { kind } = useAppState((state) => state.configuration.initialiser);
  const pasted = useAppState((state) => state.configuration.arrays.Wh !== undefined);
  const edited = useAppState((state) => editedEntries(state.configuration, 'Wh'));
  return (
    <p className={styles.reason}>
      {!pasted && edited > 0 ? (
        text('weights.byHand', { count: edited })
      ) : (
        <MathText text={text(`weights.about.${pasted ? 'own' : kind}`)} />
      )}
    </p>
  );
}

function GainRow() {
  const text = useText();
  const change = useChange();
  const gain = useAppState((state) => state.configuration.gain);
  const pasted = useAppState((state) => state.configuration.arrays.Wh !== undefined);
  return (
    <NumberRow
      name={text('weights.gain')}
      value={gain}
      scale={GAINS}
      sliderScale={SLIDER_GAINS}
      onChange={(value, gesture) => change({ gain: value }, gesture)}
      slider
      disabled={pasted}
    />
  );
}

function WeightSeed() {
  const text = useText();
  const change = useChange();
  const seed = useAppState((state) => state.configuration.seed);
  const untouched = useAppState(
    ({ configuration: { edits, arrays } }) =>
      edits.length === 0 && Object.keys(arrays).length === 0,
  );
  return (
    <>
      <SeedRow
        name={text('weights.seed')}
        newSeed={text('weights.newSeed')}
        hint={text('weights.newSeedHint')}
        seed={seed}
        onChange={(value, gesture) => change({ seed: value, ...GENERATED }, gesture)}
      >
        <Button
          className={buttons.small}
          title={text('weights.sameSeedHint')}
          unavailable={untouched}
          onClick={() => change(GENERATED)}
        >
          {text('weights.sameSeed')}
        </Button>
      </SeedRow>
    </>
  );
}
