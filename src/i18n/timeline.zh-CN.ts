import type { timelineEn } from './timeline.en';

export const timelineZh: Record<keyof typeof timelineEn, string> = {
};
