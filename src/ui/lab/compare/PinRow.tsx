import type { ReactNode } from 'react';
import { runOf } from '../../../model/pins';
import { sameValue } from '../../../model/sameValue';
import { Button } from '../../app/Button';
import { useAppState, useAppStore, useServices, useText } from '../../app/context';
import { CloseIcon, EyeIcon } from '../../app/icons';
import { useErrorText } from '../../app/useErrorText';
import { formatCount } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { useChange } from '../../controls/gesture';
import buttons from '../../theme/buttons.module.css';
import { showGhost, type PinView } from './ghosts';
import { GhostSwatch } from './GhostSwatch';
import { PinName } from './PinName';
import styles from './compare.module.css';

/** One pin: its line, its name, whether it is drawn, and the ways to it and away from it. */
export function PinRow(props: {
  readonly view: PinView;
  readonly onRemove: () => void;
}): ReactNode {
  const { view, onRemove } = props;
  const { slot, pin, isHidden } = view;
  const text = useText();
  const store = useAppStore();
  const { name } = pin;
  return (
    <li className={styles.pin} data-pin={slot}>
      <GhostSwatch slot={slot} />
      <PinName slot={slot} name={name} />
      <button
        type="button"
        className={buttons.small}
        aria-pressed={!isHidden}
        aria-label={text('compare.ghost', { name })}
        title={text('compare.ghost', { name })}
        onClick={() => showGhost(pin.configuration, isHidden, store.getState().configuration.pins)}
      >
        <EyeIcon open={!isHidden} />
      </button>
      <button
        type="button"
        className={buttons.small}
        aria-label={text('compare.remove', { name })}
        title={text('compare.remove', { name })}
        onClick={onRemove}
      >
        <CloseIcon />
      </button>
      <div className={styles.pinFoot}>
        <ShowButton view={view} />
        <PinNote view={view} />
      </div>
    </li>
  );
}

/** Sets the page to the pinned run, as one undoable edit. */
function ShowButton({ view }: { readonly view: PinView }): ReactNode {
  const text = useText();
  const change = useChange();
  const { configuration } = view.pin;
  const isShown = useAppState((state) => sameValue(runOf(state.configuration), configuration));
  return (
    <Button
      className={buttons.small}
      title={text('compare.showHint')}
      unavailable={isShown}
      onClick={() => change(configuration)}
    >
      {text(isShown ? 'compare.shown' : 'compare.show')}
    </Button>
  );
}

/** Why there is no curve yet, or what of it is out of sight. */
function PinNote({ view }: { readonly view: PinView }): ReactNode {
  const { pin, state } = view;
  const text = useText();
  const errorText = useErrorText();
  const { pins } = useServices();
  const end = useAppState((app) => app.configuration.T);
  if (state.error !== null) {
    return (
      <span className={styles.failure}>
        {errorText(state.error.code)}{' '}
        <button
          type="button"
          className={buttons.small}
          onClick={() => pins.retry(pin.configuration)}
        >
          {text('lab.again')}
        </button>
      </span>
    );
  }
  const { T } = pin.configuration;
  const note =
    state.run === null
      ? text('compare.computing')
      : T > end
        ? text('compare.longer', { T: formatCount(T), end: formatCount(end) })
        : '';
  return (
    <span className={styles.note} aria-busy={state.run === null}>
      <MathText text={note} />
    </span>
  );
}
