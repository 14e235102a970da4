import { Menu } from '@base-ui/react/menu';
import { memo, useCallback, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../../app/context';
import buttons from '../../theme/buttons.module.css';
import { plainMath } from '../MathText';
import styles from './ChartMenu.module.css';
import { DataDialog } from './DataDialog';
import type { DataTable } from './dataTable';
import type { ChartExport } from './sources';
import { useSaveChart, type FileKind } from './useSaveChart';

const KINDS = ['png', 'svg', 'csv'] as const satisfies FileKind[];

interface ChartMenuProps {
  readonly chart: ChartExport;
  readonly className?: string | undefined;
  /** Looks like the buttons beside it, instead of keeping in the background */
  readonly isButton?: boolean;
  /** What else can be done with this chart, below the rest */
  readonly more?: readonly MenuAction[];
}

export interface MenuAction {
  readonly name: string;
  readonly run: () => void;
  readonly disabled?: boolean;
}

/** Takes a chart along as a picture or as numbers, or shows its numbers as a table. */
export function ChartMenu(props: ChartMenuProps): ReactNode {
  const { chart, className, isButton = false, more = NO_ACTIONS } = props;
  // A chart is a new object with every result; the menu asks for it when it is opened.
  const latest = useRef(chart);
  useLayoutEffect(() => {
    latest.current = chart;
  });
  const read = useCallback(() => latest.current, []);
  return (
    <LazyMenu
      title={chart.title}
      className={className}
      isButton={isButton}
      more={more}
      read={read}
    />
  );
}

const NO_ACTIONS: readonly MenuAction[] = [];

interface LazyMenuProps extends Required<Omit<ChartMenuProps, 'chart'>> {
  readonly title: string;
  readonly read: () => ChartExport;
}

const LazyMenu = memo(function LazyMenu(props: LazyMenuProps): ReactNode {
  const { title, className, isButton, more, read } = props;
  const text = useText();
  const save = useSaveChart();
  const [table, setTable] = useState<DataTable | null>(null);
  const [saving, setSaving] = useState(0);
  const name = plainMath(title);
  const label = text('export.menu', { name });
  const take = async (kind: FileKind) => {
    setSaving((count) => count + 1);
    await save(read(), kind);
    setSaving((count) => count - 1);
  };
  return (
    <>
      <Menu.Root
        modal={false}
        onOpenChangeComplete={(isOpen) => {
          if (isOpen) exposeGuards();
        }}
      >
        <Menu.Trigger
          className={`${isButton ? buttons.icon : styles.trigger} ${className ?? ''}`}
          aria-label={label}
          aria-busy={saving > 0}
          title={label}
        >
          <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2M2.5 10.5v3h11v-3" />
          </svg>
        </Menu.Trigger>
        <Menu.Portal role="region" aria-label={label}>
          <Menu.Positioner className={styles.positioner} sideOffset={4} align="end">
            <Menu.Popup className={styles.popup}>
              {KINDS.map((kind) => (
                <Menu.Item key={kind} className={styles.item} onClick={() => void take(kind)}>
                  <b>{kind.toUpperCase()}</b>
                  <span>{text(`export.${kind}`)}</span>
                </Menu.Item>
              ))}
              <Menu.Item className={styles.item} onClick={() => setTable(read().data())}>
                <b>{text('export.table')}</b>
                <span>{text('export.tableHint')}</span>
              </Menu.Item>
              {more.length > 0 && <Menu.Separator className={styles.separator} />}
              {more.map(({ name: action, run, disabled = false }) => (
                <Menu.Item key={action} className={styles.action} disabled={disabled} onClick={run}>
                  {action}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {table !== null && <DataDialog title={title} table={table} onClose={() => setTable(null)} />}
    </>
  );
});

/**
 * The ends of the menu take the focus, to pass it on to what follows the button. What takes the focus
 * must not be hidden from those who do not see it.
 */
function exposeGuards(): void {
  for (const guard of document.querySelectorAll('[data-base-ui-focus-guard]')) {
    guard.removeAttribute('aria-hidden');
  }
}
