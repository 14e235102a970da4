import type { lagEn } from './lag.en';

export const lagZh: Record<keyof typeof lagEn, string> = {
  'lag.title': '时滞图',
  'lag.about':
    '第 *s* 步的损失有多少传到第 *k* 步：‖∂ℓ_s/∂*h*_k‖，对数刻度。行是损失所在的步，列是梯度到达的步。斜线表示恰好为零。',
  'lag.tooLong': 'T = {T} 超出了此图的上限（{most}），请缩短序列。',
  'lag.mapLabel': '时滞图。上下键选择损失所在的步，左右键选择梯度到达的步。',
  'lag.legend': '从 {low}（浅）到 {high}（深）',
  'lag.reading': '第 {s} 步的损失传到第 {k} 步时为 {value}。',
  'lag.holding': '90 % 的梯度来自不超过 {lag} 步的时滞。',
  'lag.lag': '时滞',
  'lag.mean': '均方根',
  'lag.cumulative': '累计',
  'lag.identity': '图中各向量乘以 *h*_{k−1} 再求和，正是 ∂*L*/∂*W*_h：相对误差 {error}。',
};
