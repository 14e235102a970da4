import type { spectrumEn } from './spectrum.en';

export const spectrumZh: Record<keyof typeof spectrumEn, string> = {
  'spectrum.title': '随时间变化的谱',
  'spectrum.formula': '∂*h*_t/∂*h*_k = *J*_t *J*_{t−1} … *J*_{k+1}，*J*_t = diag *f*′(*a*_t) *W*_h',
  'spectrum.about':
    '*h*_k 的变化传到 *h*_t，*h*_t 处的误差传回 *h*_k，经过的是同一个雅可比矩阵连乘积。它的奇异值说明各个方向缩小或放大了多少。*W*_h 的特征值只决定线性情形的长期行为。',
  'spectrum.nothing': '隐藏状态在第一步就溢出了，没有可供分析的轨迹。',
  'spectrum.overflow': '隐藏状态在第 {step} 步溢出，以下各图只到它的前一步。',
  'spectrum.takes': '当前规模下大约需要 {seconds} 秒。',
  'spectrum.compute': '计算',

  'spectrum.eigenvalues': '*W*_h 的特征值',
  'spectrum.eigenvaluesAbout':
    '若 *f*′ = 1，沿特征向量方向的状态每步乘以对应的 λ。*W*_h 非正规时，即使 ρ(*W*_h) < 1，步数不多的连乘积也可能增大，但不超过 σ_{max}^{n}。',
  'spectrum.plane':
    '复平面上 *W*_h 的 {count} 个特征值，其中 {outside} 个在单位圆外。用方向键逐个读取。',
  'spectrum.eigenvaluesTitle': '*W*_h 的特征值',
  'spectrum.circle':
    '实线为单位圆；半径为 σ_{max} 的圆超出了画面。把指针移到特征值上，或用方向键读取；拖动特征值可改变 *W*_h。',
  'spectrum.circles':
    '实线为单位圆，虚线为半径 σ_{max} 的圆。把指针移到特征值上，或用方向键读取；拖动特征值可改变 *W*_h。',
  'spectrum.eigenvalue': 'λ_{{index}}（共 {count} 个）：',
  'spectrum.decays': '衰减，每步 ×{factor}',
  'spectrum.grows': '增长，每步 ×{factor}',
  'spectrum.keeps': '既不增长也不衰减',
  'spectrum.flips': '；每步变号一次。',
  'spectrum.straight': '；没有旋转。',
  'spectrum.turns': '；每步转过 {angle} 弧度，{period} 步转一圈。',
  'spectrum.radius': '谱半径 ρ(*W*_h)',
  'spectrum.radiusAbout': '最大的 |λ|，即线性情形下长连乘积的每步因子。',
  'spectrum.sigma': 'σ_{max}(*W*_h)',
  'spectrum.sigmaAbout': '线性情形下单独一步的最大倍数。',
  'spectrum.condition': 'κ = σ_{max}/σ_{min}',
  'spectrum.conditionAbout': '条件数：一步之内各个方向的缩放相差多少。',
  'spectrum.henrici': '非正规程度',
  'spectrum.henriciAbout': 'Henrici 数：√(‖W_h‖_F² − Σ|λ|²) / ‖W_h‖_F，正规矩阵为 0，最大为 1。',
  'spectrum.normal':
    '在舍入误差内 *W*_h 是正规矩阵：σ_{max} = ρ，且对任意 *n* 有 ‖*W*_h^{n}‖ = ρ^{n}。',
  'spectrum.notNormal':
    '*W*_h 不是正规矩阵：√(‖*W*_h‖_F^{2} − Σ|λ|^{2}) > 0，因此可能有 σ_{max} > ρ，连乘积可能先增大、再减小。',

  'spectrum.time': '∂*h*_t/∂*h*_k 的奇异值',
  'spectrum.timeFormula': 'σ_i(∂*h*_t/∂*h*_k) ≤ (γσ_{max}(*W*_h))^{t−k}',
  'spectrum.timeAbout':
    '这个上界恒成立；ρ^{t−k} 并不是上界，画出来只作比较。点击某一步，播放头就移到那里。',
  'spectrum.from': '起始步 k',
  'spectrum.fromLabel': '起始步 *k*',
  'spectrum.fromStart': '从第 0 步起',
  'spectrum.fromPlayhead': '从播放头起（第 {step} 步）',
  'spectrum.step': '时间步 *t*',
  'spectrum.largest': '最大',
  'spectrum.median': '中位数',
  'spectrum.smallest': '最小',
  'spectrum.only': '唯一的奇异值',
  'spectrum.boundLine': '(γσ_{max})^{t−k}',
  'spectrum.radiusLine': 'ρ^{t−k}',
  'spectrum.productChart': '从第 {from} 步到第 t 步的雅可比矩阵连乘积的奇异值',
  'spectrum.productAxis': '∂*h*_t/∂*h*_{{from}} 的 σ',
  'spectrum.stepChart': '每一步雅可比矩阵的奇异值',
  'spectrum.stepAxis': '*J*_t 的 σ',
  'spectrum.apart': '经过 {count} 步，最大与最小的奇异值相差 {decades} 个数量级。',
  'spectrum.apartNonzero': '经过 {count} 步，最大的与最小的非零奇异值相差 {decades} 个数量级。',
  'spectrum.zeros':
    '从第 {step} 步起，最小的奇异值恰为 0（图下沿的圆点）：因为 *f*′ = 0 或 *W*_h 奇异，{H} 个方向中有 {zeros} 个已彻底丢失。',
  'spectrum.chiMeasured': '实测 χ：‖*J*_t‖_F^{2}/*H* 的平均',
  'spectrum.chiMeasuredAbout': '对图中各步取平均：随机方向上向量长度的平方每步乘上的倍数。',

  'spectrum.exponents': '李雅普诺夫指数',
  'spectrum.exponentsFormula': '*J*_t *Q*_{t−1} = *Q*_t *R*_t，λ_i = ln |*R*_{t,ii}| 的平均',
  'spectrum.exponentsAbout':
    '*T* 是否够长，要看累计平均是否已经走平。可以略去开头若干步，不让暂态过程计入平均。',
  'spectrum.skip': '略去开头的步数',
  'spectrum.exponentsChart': '最大的几个李雅普诺夫指数的累计平均',
  'spectrum.exponentsAxis': 'λ（每步，自然对数）',
  'spectrum.chaotic': 'λ_1 > 0：邻近的状态彼此分离；只要状态有界，这就是混沌。',
  'spectrum.contracting': 'λ_1 ≤ 0：邻近的状态不会分离，长连乘积不会指数增长。',
  'spectrum.dead': 'λ_1 = −∞：有某个 *J*_t 等于 0，什么都传不过去。',
  'spectrum.sum': '全部 {H} 个之和 Σλ_i',
  'spectrum.determinant': 'ln |det *J*_t| 的平均',
  'spectrum.difference': '两者之差（只有舍入误差）',

  'spectrum.critical': '临界条件：理论与实测',
  'spectrum.criticalFormula':
    '*q*^∗ = σ_w^{2} E[*f*(√*q*^∗ *z*)^{2}] + σ_b^{2}，χ = σ_w^{2} E[*f*′(√*q*^∗ *z*)^{2}]，临界：χ = 1',
  'spectrum.criticalAbout':
    '平均场理论针对 *W*_h 服从高斯分布的宽网络：微小变化的对数每步增加 ½ ln χ。输入对 *a*_t 的作用相当于不断变化的偏置，所以 σ_b 由 *W*_x *x*_t + *b* 估计。',
  'spectrum.reservation.array':
    '理论针对宽的高斯 *W*_h；这里的 *W*_h 是手工给定的，只用到元素的均方值。',
  'spectrum.reservation.edited':
    '理论针对宽的高斯 *W*_h；这里有手工改过的元素，只用到元素的均方值。',
  'spectrum.reservation.initialiser':
    '理论针对宽的高斯 *W*_h；这里用的是“{kind}”，只用到元素的均方值，χ 未必与实测相符。',
  'spectrum.reservation.narrow': '理论针对宽的 *W*_h；*H* = {H} 时，单次抽样可能与理论相差不少。',
  'spectrum.sigmaW': '*W*_h 的 σ_w',
  'spectrum.sigmaWAbout': '‖W_h‖_F²/H 的平方根，即元素均方值乘以 H 再开方。',
  'spectrum.sigmaB': '计入输入的 σ_b',
  'spectrum.sigmaBAbout': 'W_x x_t + b 对各步、各单元的均方根。',
  'spectrum.q': '*q*^∗，即 *a*_t 的均方值',
  'spectrum.chi': 'χ 的理论值',
  'spectrum.phase.ordered': '有序',
  'spectrum.phase.critical': '临界',
  'spectrum.phase.chaotic': '混沌',
  'spectrum.phase.unbounded': '无界',
  'spectrum.halfLogChi': '每步 ½ ln χ，理论值',
  'spectrum.observed': '每步 λ_1，实测值',
  'spectrum.observedAbout': '上面得到的最大李雅普诺夫指数。',
  'spectrum.unbounded':
    '*q*^∗ = ∞：在这个激活函数和 σ_w 之下，状态会无限增大；χ 取 *q* 很大时的极限。',
  'spectrum.criticalSigma': '此 σ_b 下的临界 σ_w',
  'spectrum.criticalSigmaAbout': 'σ_w 取这个值时 χ = 1。',
  'spectrum.noCritical': '在这个激活函数和 σ_b 之下，没有 σ_w 能在有限的 *q*^∗ 处使 χ = 1。',
};
