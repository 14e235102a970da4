import '../theme/tokens.css';
import '../theme/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, useState } from 'react';
import { SeriesDialog } from '../controls/SeriesDialog';
import { TextDialog } from '../controls/TextDialog';
import { usePinPresent } from '../lab/compare/pinning';
import { PinStatus } from '../lab/compare/PinStatus';
import { LabTabs } from '../lab/LabTabs';
import { PendingLinkDialog } from '../share/PendingLinkDialog';
import { ShareDialog } from '../share/ShareDialog';
import { Announcements } from '../summary/Announcements';
import { StateSummary } from '../summary/StateSummary';
import { Timeline } from '../timeline/Timeline';
import buttons from '../theme/buttons.module.css';
import { useTheme } from '../theme/useTheme';
import styles from './App.module.css';
import { ControlsSheet } from './ControlsSheet';
import { ResultStage, useAppState, useText } from './context';
import { DialogContext, type OpenDialog } from './dialogs';
import { DropZone } from './DropZone';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';
import { STAGE } from './resultStages';
import { NoticeBanner } from './NoticeBanner';
import { useKeptFocus } from './useKeptFocus';
import { useShortcuts } from './useShortcuts';

/** The whole page; everything it needs comes from <AppContext.Provider>. */
export function App() {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  useDocumentAttributes();
  useKeptFocus();
  useShortcuts(setDialog, usePinPresent());
  return (
    // The page's content security policy allows no injected style elements.
    <CSPProvider disableStyleElements>
      <DialogContext.Provider value={setDialog}>
        <Page />
        <PinStatus />
        <DropZone />
        <PendingLinkDialog />
        {dialog !== null && <DialogLayer dialog={dialog} onClose={() => setDialog(null)} />}
      </DialogContext.Provider>
    </CSPProvider>
  );
}

function Page() {
  const text = useText();
  return (
    <div className={styles.page}>
      <a
        className={styles.skip}
        href="#timeline"
        onClick={(event) => {
          // The fragment is the configuration's.
          event.preventDefault();
          document.getElementById('timeline')?.focus();
        }}
      >
        {text('app.skip')}
      </a>
      <ResultStage value={STAGE.summary}>
        <StateSummary />
        <Announcements />
      </ResultStage>
      <ResultStage value={STAGE.header}>
        <Header />
      </ResultStage>
      <NoticeBanner />
      <div className={styles.body}>
        <ResultStage value={STAGE.controls}>
          <ControlsSheet />
        </ResultStage>
        <main id="timeline" className={styles.center} tabIndex={-1}>
          <h2 className={buttons.visuallyHidden}>{text('app.timeline')}</h2>
          <Timeline />
        </main>
        <aside className={styles.inspector} aria-label={text('app.inspector')}>
          <ResultStage value={STAGE.panel}>
            <LabTabs />
          </ResultStage>
        </aside>
      </div>
    </div>
  );
}

interface DialogLayerProps {
  readonly dialog: OpenDialog;
  readonly onClose: () => void;
}

function DialogLayer({ dialog, onClose }: DialogLayerProps) {
  switch (dialog.kind) {
    case 'share':
      return <ShareDialog onClose={onClose} />;
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'text':
      return <TextDialog dropped={dialog.dropped} onClose={onClose} />;
    case 'series':
      return <SeriesDialog dropped={dialog.dropped} onClose={onClose} />;
  }
}

/** <html lang>, the title and the theme follow the state. */
function useDocumentAttributes(): void {
  const text = useText();
  const theme = useTheme();
  const language = useAppState((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text('app.title');
  }, [language, text]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
