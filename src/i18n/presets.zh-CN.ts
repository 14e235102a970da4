import type { presetsEn } from './presets.en';

export const presetsZh: Record<keyof typeof presetsEn, string> = {
  'preset.menu': '示例',
  'preset.note': '这个示例说明什么',
  'preset.scalar': '标量链',
  'preset.scalarAbout': '一个线性单元，*w* = 0.5：∂*h*_T/∂*h*_k = *w*^{T−k}，梯度每往回一步减半。',
  'preset.scalarLook': '看点：对数坐标上是一条直线。把增益拖到 1，再拖过 1。',
  'preset.orthogonal': '正交矩阵，梯度仍衰减',
  'preset.orthogonalAbout':
    '*W*_h 的奇异值全为 1，线性网络会保持梯度的范数；但 tanh′ < 1，每一步都让它缩小。',
  'preset.orthogonalLook': '看点：上界保持水平，实测曲线下降。把 *f* 换成恒等函数试试。',
  'preset.saturation': '饱和',
  'preset.saturationAbout':
    'ρ(*W*_h) = 3，梯度却消失了：状态被推到 tanh 平坦的两端，那里 *f*′(*a*_t) 几乎为零。',
  'preset.saturationLook': '看点：饱和轨道；上界在增长，实测曲线却在下降。',
  'preset.irnn': 'IRNN',
  'preset.irnnAbout':
    '*W*_h = *I* 配合 ReLU（Le 等，2015）：激活的单元把误差原样传回，死单元什么也不传。',
  'preset.irnnLook': '看点：无论往回多少步，乘积的奇异值不是 1 就恰为 0。',
  'preset.radius': '谱半径会骗人',
  'preset.radiusAbout':
    'ρ(*W*_h) = 0.9，梯度却先增大近二十倍：非正规矩阵的 σ_{max} = 5.16，‖*W*_h^9‖ = 19.4，直到第 55 次幂才小于 1。',
  'preset.radiusLook': '看点：梯度曲线上的驼峰，以及乘积的最大奇异值。',
  'preset.exploding': '梯度爆炸',
  'preset.explodingAbout':
    '正交矩阵乘以 1.2，线性激活：每往回一步恰好 ×1.2。400 步之后梯度约为原来的 5 × 10^{31} 倍，超出 float32 的范围。',
  'preset.explodingLook':
    '看点：增大 *T*，色带显示每种浮点格式会丢掉什么。前向时状态同样每步 ×1.2，到约 460 步时状态自己先溢出。',
  'preset.chaos': '混沌',
  'preset.chaosAbout':
    '高斯 *W*_h，增益 2.5：tanh 使各状态的绝对值都小于 1，但邻近的状态彼此分离（λ_1 > 0），梯度爆炸。',
  'preset.chaosLook': '看点：李雅普诺夫指数；此时核对改为从引擎自己的状态出发，逐步进行。',
  'preset.group.flow': '消失与爆炸',
  'preset.group.truncation': '截断',
  'preset.group.mistakes': 'detach 的常见错误',
  'preset.chunks': '每 16 步 detach 一次',
  'preset.chunksAbout':
    '段与段之间执行 h = h.detach() 的效果：数值继续向前传，误差到此为止，一个损失往回传 1 到 16 步。',
  'preset.chunksLook': '看点：虚线处 δ 重新开始；拖动 *k*，看 ∂*L*/∂*W*_h 的误差。',
  'preset.unbiased': '随机截断，但无偏',
  'preset.unbiasedAbout':
    'ARTBP（Tallec 与 Ollivier，2017）：连接以概率 0.9 保留，并乘以 1/0.9。单次抽样是错的，多次抽样的平均就是完整梯度。',
  'preset.unbiasedLook': '看点：用骰子重新抽样；面板中 4000 次抽样的平均。',
  'preset.influence': '符号错误的截断梯度',
  'preset.influenceAbout':
    '影响平衡问题（Tallec 与 Ollivier，2017）：*b* 的变化经近处 10 个单元传来时是一种符号，经远处 13 个单元传来时符号相反。在 16 步处截断，梯度只看得到近处。',
  'preset.influenceLook':
    '看点：在面板中选“沿 θ 的斜率”和 *b*：斜率随 *k* 变化，大约从 40 步起符号才正确。',
  'preset.group.training': '训练：一分钟之内见分晓',
  'preset.addingTanh': '100 步的加法：tanh 学不会',
  'preset.addingTanhAbout':
    '高斯 *W*_h 配 tanh，用 Adam，每次更新都换新序列：1500 次更新之后损失仍在 1/6 附近，与总是回答 1 一样。误差信号还没传到被标记的数字就已消失。',
  'preset.addingTanhLook':
    '看点：按“训练”，损失降到“总是回答 1”的水平线后就不再动。固定本次运行，再试“换成 IRNN”。',
  'preset.addingIrnn': '换成 IRNN',
  'preset.addingIrnnAbout':
    '只换了 *f* 和 *W*_h：ReLU 与单位矩阵（Le 等，2015）。起初的损失大上百倍，过程也颠簸，但最后降到 1/6 的三分之一以下。',
  'preset.addingIrnnLook': '看点：梯度能传多远，以及裁剪前后的梯度范数。接着试“IRNN，但不裁剪”。',
  'preset.addingUnclipped': 'IRNN，但不裁剪',
  'preset.addingUnclippedAbout':
    '训练初期有些梯度的范数以百万计。Adam 要除以滑动均方根，而它的记忆长达 1000 次更新：此后步子小得学不动，或者再次跳变。',
  'preset.addingUnclippedLook':
    '看点：起点相同，损失却停在 1/6 附近或更高。把“范数裁剪”设为 1，再训练一次。',
  'preset.orderExplodes': '训练中途爆炸',
  'preset.orderExplodesAbout':
    '线性网络用学习率偏大的 SGD 学习次序任务。约六十次更新里损失都在 ln 4 附近，随后 *W*_h 越过悬崖，再过两次更新，隐藏状态就超出 float32 的范围。',
  'preset.orderExplodesLook':
    '看点：停下之前最后几次的梯度范数。换个种子，爆炸会早些或晚些。接着试“同样的训练，加上裁剪”。',
  'preset.orderClipped': '同样的训练，加上裁剪',
  'preset.orderClippedAbout':
    '只加了一条：范数裁剪到 1（Pascanu 等，2013）。在悬崖处，更新保持方向、缩短长度，损失降到明显低于 ln 4。',
  'preset.orderClippedLook':
    '看点：梯度有多少次被裁剪。把“范数裁剪”调到 10，再调到 100，各训练一次。',
  'preset.orderTruncated': '截断得太短，够不着答案',
  'preset.orderTruncatedAbout':
    '损失在第 30 步，决定答案的两个符号分别在它之前 12 到 14 步和 24 到 26 步。每 10 步截断一次，梯度一个也看不到：600 次更新之后损失大致还在随机水平 ln 4。',
  'preset.orderTruncatedLook':
    '看点：梯度止于第 21 步之前的截断处。固定本次运行，再试“同样的训练，一直回传”。',
  'preset.orderFull': '同样的训练，一直回传',
  'preset.orderFullAbout':
    '不截断，网络、数据和 Adam 都不变，约 300 次更新就学会了符号的次序：最后损失低于 0.01。',
  'preset.orderFullLook':
    '看点：损失下降的同时，梯度传得越来越远。再改成每 15 步截断：梯度只够得着第二个符号，损失却仍会下降，因为那时的状态里还留有第一个符号的痕迹。',
  'preset.byHeart': '把《爱丽丝》背下来',
  'preset.byHeartAbout':
    '预测下一个字符：八段文字，每段 40 个字符，每次更新都用这八段。在这八段上，从每字符约 5 比特降到约十分之一比特；换成没见过的文字，则比瞎猜还差。',
  'preset.byHeartLook': '看点：比较最初与最后的网络在时间轴上的预测。若 *H* = 8，就记不住全部了。',
  'preset.noDetach': '段与段之间没有 detach',
  'preset.noDetachAbout':
    '每段都执行 backward() 却不 detach：计算图一直连到第 1 步，第二次 PyTorch 就会报错。',
  'preset.noDetachLook': '看点：时间轴上没有截断；面板中的程序给出 PyTorch 的原话。',
  'preset.tooLate': 'detach_() 太晚',
  'preset.tooLateAbout':
    '图中是本来想要的截断，每 16 步一处。detach 晚了一步，截断前的那一步已记入计算图，这些截断也就不存在了。',
  'preset.tooLateLook': '看点：用鼠标把一处截断挪动一步；面板中的程序显示 PyTorch 实际如何处理。',
  'preset.data': '用 .data 代替 detach()',
  'preset.dataAbout': '截断的位置与 detach() 相同，丢掉的是 autograd 对原地修改的防护。',
  'preset.dataLook': '看点：面板中的程序，梯度错了却不报错。',
  'preset.reset': '该 detach 却重置了状态',
  'preset.resetAbout': '每段开头置零，梯度断了，记忆也断了：此后的 *h* 已不是原来的 *h*。',
  'preset.resetLook': '看点：蓝线以及其后的 *h*_t。切换到“每 *k* 步”作比较。',
  'preset.offByOne': '把 *h*_{t−1} 写成 *h*_t',
  'preset.offByOneAbout':
    '手写时很容易写成 ∂*L*/∂*W*_h = Σ *δ*_t *h*_t^T，看上去合理，其实是错的。',
  'preset.offByOneLook': '看点：面板中的程序，以及“核对”里的中心差分，它能发现这个错误。',
};
