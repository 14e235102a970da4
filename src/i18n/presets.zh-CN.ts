import type { presetsEn } from './presets.en';

export const presetsZh: Record<keyof typeof presetsEn, string> = {
  'preset.menu': '示例',
  'preset.note': '这个示例说明什么',
  'preset.scalar': '标量链',
  'preset.scalarAbout': '一个线性单元，*w* = 0.5：∂*h*_T/∂*h*_k = *w*^{T−k}，梯度每往回一步减半。',
  'preset.scalarLook': '看点：对数坐标上是一条直线。把增益拖到 1，再拖过 1。',
  'preset.orthogonal': '正交矩阵仍会衰减',
  'preset.orthogonalAbout':
    '*W*_h 的奇异值全为 1，线性网络会保持梯度的范数；但 tanh′ < 1，每一步都让它缩小。',
  'preset.orthogonalLook': '看点：上界保持水平，实测曲线下降。把 *f* 换成恒等函数试试。',
  'preset.saturation': '饱和',
  'preset.saturationAbout':
    'ρ(*W*_h) = 3，梯度却消失了：状态被推到 tanh 平坦的两端，那里 *f*′(*a*_t) 几乎为零。',
  'preset.saturationLook': '看点：饱和轨道；上界在增长，曲线却在下降。',
  'preset.irnn': 'IRNN',
  'preset.irnnAbout':
    '*W*_h = *I* 配合 ReLU（Le 等，2015）：激活的单元把误差原样传回，死亡的单元什么也不传。',
  'preset.irnnLook': '看点：无论多深，乘积的奇异值不是 1 就恰好是 0。',
  'preset.radius': '谱半径会骗人',
  'preset.radiusAbout':
    'ρ(*W*_h) = 0.9，梯度却先增大近二十倍：非正规矩阵的 σ_{max} = 5.16，‖*W*_h^9‖ = 19.4，直到第 55 次幂才小于 1。',
  'preset.radiusLook': '看点：梯度曲线上的驼峰，以及乘积的最大奇异值。',
  'preset.exploding': '梯度爆炸',
  'preset.explodingAbout':
    '正交矩阵乘以 1.2，线性激活：每往回一步恰好 ×1.2。500 步之后梯度增大 10^{39} 倍，超出 float32 的范围。',
  'preset.explodingLook': '看点：增大 *T*，色带显示每种数值格式会丢掉什么。',
  'preset.chaos': '混沌',
  'preset.chaosAbout':
    '高斯 *W*_h，增益 2.5：tanh 使每个状态都小于 1，但相邻的状态彼此分离（λ_1 > 0），梯度爆炸。',
  'preset.chaosLook': '看点：李雅普诺夫指数；此时核对改为从引擎自身的状态出发，逐步进行。',
};
