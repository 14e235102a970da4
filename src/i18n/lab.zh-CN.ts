import type { labEn } from './lab.en';

export const labZh: Record<keyof typeof labEn, string> = {
  'lab.tabs': '面板',
  'lab.tab.step': '单步',
  'lab.tab.flow': '结论',
  'lab.tab.train': '训练',
  'lab.tab.surface': '悬崖',
  'lab.tab.lag': '时滞图',
  'lab.tab.truncation': '截断',
  'lab.tab.pytorch': 'PyTorch',
  'lab.tab.spectrum': '谱',
  'lab.tab.check': '核对',
  'lab.computing': '计算中…',
  'lab.cancel': '取消',
  'lab.cancelled': '已取消。',
  'lab.tooLarge': '在这个规模下耗时过长，请减小 T、H 或 B。',
  'lab.again': '重试',
  'lab.exactZero': '恰好为 0',
};
