import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useServices, useText } from '../app/context';
import { Inspector } from '../inspector/Inspector';
import { CheckPanel } from './CheckPanel';
import { LagPanel } from './LagPanel';
import { SpectrumPanel } from './SpectrumPanel';
import styles from './lab.module.css';

const PANELS = {
  step: Inspector,
  lag: LagPanel,
  spectrum: SpectrumPanel,
  check: CheckPanel,
} as const;
type TabId = keyof typeof PANELS;

/** The right side, by purpose; only the chosen panel exists, so only it asks for analyses. */
export function LabTabs(): ReactNode {
  const text = useText();
  const id = useId();
  const { analyses } = useServices();
  const tabs: readonly TabId[] =
    analyses === null ? ['step', 'spectrum'] : ['step', 'lag', 'spectrum', 'check'];
  const [chosen, setChosen] = useState<TabId>('step');
  const Panel = PANELS[chosen];

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = tabAfter(event.key, tabs.indexOf(chosen), tabs.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(tabs[next]!);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div
        className={styles.tabs}
        role="tablist"
        aria-label={text('lab.tabs')}
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-${tab}`}
            aria-selected={tab === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            className={styles.tab}
            onClick={() => setChosen(tab)}
          >
            {text(`lab.tab.${tab}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        <Panel />
      </div>
    </>
  );
}

/** Where a key leads from tab `at` of `count`; null for other keys. */
export function tabAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
