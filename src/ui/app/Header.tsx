import { TruthBadge } from '../lab/check/TruthBadge';
import { PinButton } from '../lab/compare/PinButton';
import { PresetMenu } from '../presets/PresetMenu';
import { VerdictPill } from '../timeline/VerdictPill';
import buttons from '../theme/buttons.module.css';
import { Button } from './Button';
import { useAppState, useAppStore, useText } from './context';
import { useOpenDialog } from './dialogs';
import { EngineBadge } from './EngineBadge';
import styles from './Header.module.css';
import {
  KeyboardIcon,
  MoonIcon,
  RedoIcon,
  ShareIcon,
  SunIcon,
  SystemIcon,
  UndoIcon,
} from './icons';

export function Header() {
  const text = useText();
  const openDialog = useOpenDialog();
  return (
    <header className={styles.header}>
      <h1 className={styles.logo}>
        <span className={styles.mark} aria-hidden="true">
          ∂
        </span>
        <span className={styles.name}>{text('app.name')}</span>
      </h1>
      <PresetMenu />
      <UndoButtons />
      <div className={styles.verdict}>
        <div className={styles.room}>
          <VerdictPill />
        </div>
      </div>
      <EngineBadge />
      <TruthBadge />
      <div className={styles.pin}>
        <PinButton isNarrow />
      </div>
      <div className={styles.tools}>
        <button
          type="button"
          className={`${buttons.icon} ${styles.keys}`}
          title={text('app.help')}
          aria-label={text('app.help')}
          onClick={() => openDialog({ kind: 'help' })}
        >
          <KeyboardIcon />
        </button>
        <LanguageButton />
        <ThemeButton />
        <button
          type="button"
          className={buttons.primary}
          aria-label={text('app.share')}
          onClick={() => openDialog({ kind: 'share' })}
        >
          <span className={styles.word}>{text('app.share')}</span>
          <span className={styles.sign}>
            <ShareIcon />
          </span>
        </button>
      </div>
    </header>
  );
}

function UndoButtons() {
  const text = useText();
  const store = useAppStore();
  const canUndo = useAppState((state) => state.canUndo);
  const canRedo = useAppState((state) => state.canRedo);
  return (
    <div className={styles.undo}>
      <Button
        className={buttons.icon}
        title={text('app.undo')}
        aria-label={text('app.undo')}
        unavailable={!canUndo}
        onClick={() => store.getState().undo()}
      >
        <UndoIcon />
      </Button>
      <Button
        className={buttons.icon}
        title={text('app.redo')}
        aria-label={text('app.redo')}
        unavailable={!canRedo}
        onClick={() => store.getState().redo()}
      >
        <RedoIcon />
      </Button>
    </div>
  );
}

const LANGUAGE_NAMES = {
  en: { whole: 'English', short: 'EN' },
  'zh-CN': { whole: '中文', short: '中' },
} as const;

/** Named in the language it switches to, so that it can be found by those who need it. */
function LanguageButton() {
  const store = useAppStore();
  const other = useAppState((state) => (state.language === 'en' ? 'zh-CN' : 'en'));
  return (
    <button
      type="button"
      className={buttons.button}
      lang={other}
      aria-label={LANGUAGE_NAMES[other].whole}
      onClick={() => store.getState().setLanguage(other)}
    >
      <span className={styles.word}>{LANGUAGE_NAMES[other].whole}</span>
      <span className={styles.sign} aria-hidden="true">
        {LANGUAGE_NAMES[other].short}
      </span>
    </button>
  );
}

const THEMES = ['light', 'dark', 'system'] as const;
const THEME_KEYS = {
  light: 'app.themeLight',
  dark: 'app.themeDark',
  system: 'app.themeSystem',
} as const;
const THEME_ICONS = { light: SunIcon, dark: MoonIcon, system: SystemIcon };

function ThemeButton() {
  const text = useText();
  const store = useAppStore();
  const theme = useAppState((state) => state.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const label = text('app.theme', {
    theme: text(THEME_KEYS[theme]),
    next: text(THEME_KEYS[next]),
  });
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <button
      type="button"
      className={buttons.icon}
      title={label}
      aria-label={label}
      onClick={() => store.getState().setTheme(next)}
    >
      <ThemeIcon />
    </button>
  );
}
