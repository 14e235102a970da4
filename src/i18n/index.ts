import { checkEn } from './check.en';
import { checkZh } from './check.zh-CN';
import { compareEn } from './compare.en';
import { compareZh } from './compare.zh-CN';
import { exportEn } from './export.en';
import { exportZh } from './export.zh-CN';
import { flowEn } from './flow.en';
import { flowZh } from './flow.zh-CN';
import { labEn } from './lab.en';
import { labZh } from './lab.zh-CN';
import { lagEn } from './lag.en';
import { lagZh } from './lag.zh-CN';
import { spectrumEn } from './spectrum.en';
import { spectrumZh } from './spectrum.zh-CN';
import { presetsEn } from './presets.en';
import { presetsZh } from './presets.zh-CN';
import { pytorchEn } from './pytorch.en';
import { pytorchZh } from './pytorch.zh-CN';
import { scoreEn } from './score.en';
import { scoreZh } from './score.zh-CN';
import { surfaceEn } from './surface.en';
import { surfaceZh } from './surface.zh-CN';
import { summaryEn } from './summary.en';
import { summaryZh } from './summary.zh-CN';
import { trainEn } from './train.en';
import { trainZh } from './train.zh-CN';
import { truncationEn } from './truncation.en';
import { truncationZh } from './truncation.zh-CN';
import { shellEn } from './shell.en';
import { shellZh } from './shell.zh-CN';
import { timelineEn } from './timeline.en';
import { timelineZh } from './timeline.zh-CN';
import { weightsEn } from './weights.en';
import { weightsZh } from './weights.zh-CN';

// English defines the keys; every other language is checked against them by its type, so a missing
// or a surplus key fails the build.
const en = {
  ...shellEn,
  ...timelineEn,
  ...labEn,
  ...checkEn,
  ...compareEn,
  ...exportEn,
  ...flowEn,
  ...lagEn,
  ...surfaceEn,
  ...spectrumEn,
  ...presetsEn,
  ...trainEn,
  ...truncationEn,
  ...pytorchEn,
  ...scoreEn,
  ...weightsEn,
  ...summaryEn,
};
const zhCN: Record<keyof typeof en, string> = {
  ...shellZh,
  ...timelineZh,
  ...labZh,
  ...checkZh,
  ...compareZh,
  ...exportZh,
  ...flowZh,
  ...lagZh,
  ...surfaceZh,
  ...spectrumZh,
  ...presetsZh,
  ...trainZh,
  ...truncationZh,
  ...pytorchZh,
  ...scoreZh,
  ...weightsZh,
  ...summaryZh,
};

export type MessageKey = keyof typeof en;
/** For checks over all of them */
export const MESSAGE_KEYS = Object.keys(en) as MessageKey[];
const MESSAGES = { en, 'zh-CN': zhCN } as const;
export type Language = keyof typeof MESSAGES;

/** The text of `key`, with {name} replaced by params.name. */
export function translate(
  language: Language,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return MESSAGES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
