import { useMemo, useState, type ReactNode } from 'react';
import { MISTAKES, mistakeProgram, type Mistake } from '../../../pytorch/mistakes';
import { MOST_NUMBERS, numbersCarried, pytorchProgram } from '../../../pytorch/program';
import type { Result } from '../../../state/types';
import { useAppState, useResult, useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { MathText, plainMath } from '../../charts/MathText';
import { presetOf, type PresetId } from '../../presets/presets';
import buttons from '../../theme/buttons.module.css';
import { Panel, PanelPart } from '../Panel';
import { CodeBlock } from './CodeBlock';
import { useGradient } from './useGradient';
import styles from './pytorch.module.css';

/** The same network and the same scheme in PyTorch, and what goes wrong around `detach`. */
export function PyTorchPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  return (
    <Panel
      title={text('pytorch.title')}
      formula={text('pytorch.formula')}
      about={text('pytorch.about')}
    >
      {result !== null && <OwnProgram result={result} />}
      <Mistakes />
    </Panel>
  );
}

function OwnProgram({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const [wanted, setWanted] = useState(false);
  const numbers = numbersCarried(result.problem);
  const fits = numbers <= MOST_NUMBERS && result.summary.overflowAt === null;
  const gradient = useGradient(result, wanted && fits);
  const { problem, configuration } = result;
  const code = useMemo(
    () =>
      pytorchProgram({
        problem,
        truncation: configuration.truncation,
        cuts: configuration.cuts,
        gradient: gradient.value,
      }),
    [problem, configuration.truncation, configuration.cuts, gradient.value],
  );
  return (
    <PanelPart title={text('pytorch.own')}>
      <label className={styles.option}>
        <input
          type="checkbox"
          checked={wanted && fits}
          disabled={!fits}
          onChange={(event) => setWanted(event.target.checked)}
        />
        {fits
          ? text('pytorch.withNumbers')
          : text('pytorch.tooMany', { most: formatCount(MOST_NUMBERS) })}
      </label>
      <CodeBlock code={code} name="bptt.py" pending={gradient.pending} />
      {gradient.failed && (
        <p className={styles.failure} role="alert">
          {text('pytorch.failed')}
        </p>
      )}
    </PanelPart>
  );
}

function Mistakes(): ReactNode {
  const preset = useAppState((state) => presetOf(state.configuration));
  const [chosen, setChosen] = useState<{ mistake: Mistake; under: PresetId | null } | null>(null);
  // An example brings its own program, until another is chosen under it.
  const suggested = MISTAKES.find((m) => m === preset);
  const mistake = chosen !== null && chosen.under === preset ? chosen.mistake : suggested;
  return (
    <MistakeProgram
      mistake={mistake ?? 'noDetach'}
      onChoose={(m) => setChosen({ mistake: m, under: preset })}
    />
  );
}

function MistakeProgram(props: {
  readonly mistake: Mistake;
  readonly onChoose: (mistake: Mistake) => void;
}): ReactNode {
  const { mistake, onChoose } = props;
  const text = useText();
  const code = useMemo(() => mistakeProgram(mistake), [mistake]);
  return (
    <PanelPart title={text('mistake.title')}>
      <select
        className={buttons.select}
        aria-label={text('mistake.title')}
        value={mistake}
        onChange={(event) => onChoose(MISTAKES.find((m) => m === event.target.value)!)}
      >
        {MISTAKES.map((id) => (
          <option key={id} value={id}>
            {plainMath(text(`mistake.${id}`))}
          </option>
        ))}
      </select>
      <p className={styles.about}>
        <MathText text={text(`mistake.${mistake}About`)} />
      </p>
      <CodeBlock code={code} name={`mistake-${mistake}.py`} pending={false} />
    </PanelPart>
  );
}
