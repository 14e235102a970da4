import type { Language } from '../i18n';
import type { AdapterDescription, RunSummary, StepDetail, WindowView } from '../engine/interface';
import type { EngineKind } from '../model/evaluation';
import type { Configuration } from '../model/configuration';
import type { ConfigurationChange } from '../model/configurationSchema';
import type { ErrorRecord } from '../model/errors';
import type { Problem } from '../model/problem';
import type { Corruption } from '../model/analyses';

export type { Language } from '../i18n';
export type { ConfigurationChange } from '../model/configurationSchema';
export type Theme = 'light' | 'dark' | 'system';

/** What the engine in use is, or why there is a lesser one. */
export type EngineStatus =
  | { readonly state: 'starting' }
  | {
      readonly state: 'ready';
      readonly kind: Exclude<EngineKind, 'reference'>;
      readonly adapter: AdapterDescription;
      /** Why WebGPU is not in use, when it is not and was not deselected. */
      readonly fallback: ErrorRecord | null;
    };

export interface Travel {
  readonly kind: 'undo' | 'redo';
  readonly from: Configuration;
  readonly to: Configuration;
}

/** The zustand vanilla store. Tensors never live here; they are in the ResultStore. */
export interface AppState {
  readonly configuration: Configuration;
  readonly language: Language;
  readonly theme: Theme;
  /** Whether keys without Ctrl or ⌘ work everywhere; WCAG 2.1.4 lets people switch them off. */
  readonly singleKeys: boolean;
  readonly engine: EngineStatus;
  /** The last refused edit, link or file; shown as a banner until dismissed or replaced. */
  readonly notice: ErrorRecord | null;

  /**
   * The only way a configuration changes: the controls, `setConfig`, drops and undo all come here.
   * Validates (normalising dependent fields: cuts and playhead inside T, task-compatible loss) and
   * either applies the whole change as ONE undo entry or throws BpttError 'invalid-configuration'
   * with a path and leaves the state as it was.
   * `gesture`: changes that share a gesture id (one drag) become one undo entry. View-only changes
   * are not undo entries.
   */
  change(change: ConfigurationChange, gesture?: string): void;
  undo(): void;
  redo(): void;
  /** The last step through the history; for those who do not see what it has changed. */
  readonly lastTravel: Travel | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setSingleKeys(singleKeys: boolean): void;
  setEngine(engine: EngineStatus): void;
  setNotice(notice: ErrorRecord | null): void;
  /** The developers' switch that makes the truth badge fail; never stored, never in a link. */
  readonly corruption: Corruption | null;
  setCorruption(corruption: Corruption | null): void;

  /** A link opened over unsaved edits; a dialog asks whose configuration to keep. */
  readonly pendingLink: { readonly configuration: Configuration } | null;
  /**
   * A link arrived while the page is open. Applied at once as one undoable change when nothing can
   * be lost, otherwise kept in `pendingLink` until acceptLink or keepMine. Throws BpttError
   * 'invalid-configuration' when the configuration does not fit its own task.
   */
  openLink(configuration: Configuration): void;
  /** Shows the pending link's configuration; one undo brings the earlier one back. */
  acceptLink(): void;
  /** Forgets the pending link. */
  keepMine(): void;
}

/** The last finished run as drawn, one immutable snapshot; null before the first picture. */
export interface Result {
  /** Rises with every published snapshot. */
  readonly id: number;
  /** The configuration and problem these numbers belong to. */
  readonly configuration: Configuration;
  readonly problem: Problem;
  readonly summary: RunSummary;
  readonly view: WindowView;
  readonly step: StepDetail;
}

/** Where results are published, outside React; for useSyncExternalStore. */
export interface ResultStore {
  get(): Result | null;
  /** True while a newer configuration than get()'s is being computed. */
  isPending(): boolean;
  /** The error of the latest run when it failed; the last good result stays. */
  error(): ErrorRecord | null;
  subscribe(listener: () => void): () => void;
  /** Told by what draws results, when all of it shows the last one. */
  tellDrawn(): void;
}
