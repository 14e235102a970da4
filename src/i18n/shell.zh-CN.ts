import type { shellEn } from './shell.en';

export const shellZh: Record<keyof typeof shellEn, string> = {
};
