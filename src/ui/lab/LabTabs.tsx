import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { PANELS, type PanelId } from '../../model/configuration';
import { useAppState, useAppStore, useText } from '../app/context';
import { neighbourOf } from '../controls/roving';
import { Inspector } from '../inspector/Inspector';
import { PresetNote } from '../presets/PresetNote';
import { CheckPanel } from './check/CheckPanel';
import { ComparePanel } from './compare/ComparePanel';
import { FlowPanel } from './flow/FlowPanel';
import { LagPanel } from './lag/LagPanel';
import { PyTorchPanel } from './pytorch/PyTorchPanel';
import { SpectrumPanel } from './spectrum/SpectrumPanel';
import { SurfacePanel } from './surface/SurfacePanel';
import { TrainPanel } from './train/TrainPanel';
import { TruncationPanel } from './truncation/TruncationPanel';
import styles from './lab.module.css';

const CONTENTS: Record<PanelId, () => ReactNode> = {
  step: Inspector,
  flow: FlowPanel,
  compare: ComparePanel,
  train: TrainPanel,
  lag: LagPanel,
  truncation: TruncationPanel,
  pytorch: PyTorchPanel,
  spectrum: SpectrumPanel,
  surface: SurfacePanel,
  check: CheckPanel,
};

const TABS = 'lab-tabs';

/** Brings the row of tabs into sight, and the focus to the chosen one if that is wanted. */
export function showChosenTab(withFocus: boolean): void {
  const tabs = document.getElementById(TABS);
  if (withFocus) {
    tabs?.querySelector<HTMLElement>('[aria-selected=true]')?.focus({ preventScroll: true });
  }
  tabs?.scrollIntoView({ block: 'nearest' });
}

/** The right side, by purpose; only the chosen panel exists, so only it asks for analyses. */
export function LabTabs(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const id = useId();
  const chosen = useAppState((state) => state.configuration.view.panel);
  const Panel = CONTENTS[chosen];
  const choose = (panel: PanelId) => store.getState().change({ view: { panel } });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = neighbourOf(event.key, PANELS.indexOf(chosen), PANELS.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    choose(PANELS[next]!);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <PresetNote />
      <div
        id={TABS}
        className={styles.tabs}
        role="tablist"
        aria-label={text('lab.tabs')}
        onKeyDown={onKeyDown}
      >
        {PANELS.map((panel) => (
          <button
            key={panel}
            type="button"
            role="tab"
            id={`${id}-${panel}`}
            aria-selected={panel === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={panel === chosen ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(panel)}
          >
            {text(`lab.tab.${panel}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        <Panel />
      </div>
    </>
  );
}
