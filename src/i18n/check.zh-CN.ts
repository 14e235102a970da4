import type { checkEn } from './check.en';

export const checkZh: Record<keyof typeof checkEn, string> = {
  'check.title': '这些数算对了吗？',
  'check.about':
    '引擎用 float32 算出的每个数组，都用 float64 重算一遍。误差按数组的每一行取 max |引擎 − 参考| / max |参考|。不超过 10^{−4} 为良好，不超过 10^{−2} 为尚可。',
  'check.good': '最大相对误差',
  'check.fair': '最大相对误差：尚可',
  'check.bad': '最大相对误差：有误',
  'check.trajectory': '对整条轨迹作了比较。最大李雅普诺夫指数：每步 {exponent}。',
  'check.ownStates':
    '两条轨迹已经分离（最大李雅普诺夫指数为每步 {exponent}），因此从引擎自身的状态出发逐步核对。',
  'check.array': '数组',
  'check.error': '误差',
  'check.where': '位置',
  'check.engine': '引擎',
  'check.reference': 'float64',
  'check.difference': '差商',
  'check.gradient': '梯度',
  'check.differences': '中心差分',
  'check.differencesAbout':
    '对抽取的参数计算 (*L*(θ+ε) − *L*(θ−ε)) / 2ε，只用前向传播，完全不经过反向传播。“?”表示差商本身误差过大，无法判断。',
};
