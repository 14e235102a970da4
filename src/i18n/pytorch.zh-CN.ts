import type { pytorchEn } from './pytorch.en';

export const pytorchZh: Record<keyof typeof pytorchEn, string> = {
  'pytorch.title': '用 PyTorch 写出来',
  'pytorch.formula': 'h = h.detach()',
  'pytorch.about':
    '这段程序随设置变化，可以直接运行。填入本页的数值后，它会断言 autograd 得到同样的 ∂*L*/∂*W*_h。着色的行标出梯度或数值在哪里中断。',
  'pytorch.own': '当前设置的程序',
  'pytorch.withNumbers': '填入本页的权重、数据与梯度',
  'pytorch.tooMany': '填入本页的数值：最多 {most} 个，且不能溢出',
  'pytorch.failed': '未能算出梯度；改动任意一处即可重试。',
  'pytorch.copy': '复制',
  'pytorch.download': '下载',
  'pytorch.copied': '已复制。',
  'pytorch.refused': '浏览器不允许复制，请手动选中文字。',
  'mistake.title': '常见错误',
  'mistake.noDetach': '段与段之间没有 detach',
  'mistake.noDetachAbout':
    '第二次 backward() 走进了第一段的计算图，而它的缓冲区已经释放：“Trying to backward through the graph a second time”。retain_graph=True 只是让报错消失，却使每一步的开销都比上一步更大；正确的做法是 detach()。',
  'mistake.tooLate': 'detach_() 太晚',
  'mistake.tooLateAbout': '用到 *h* 的那一步已经把 *h* 的来历记入计算图。应当先 detach，再计算。',
  'mistake.data': '用 .data 代替 detach()',
  'mistake.dataAbout':
    '.data 同样能截断，却避开了 autograd 的检查：之后若原地修改，梯度会出错而不报错；换成 detach()，同样的修改会报错。',
  'mistake.reset': '该 detach 却重置了状态',
  'mistake.resetAbout': '置零确实挡住了梯度，但网络记住的一切也随之消失：此后 *h* 的数值都不同了。',
  'mistake.offByOne': '把 hₜ₋₁ 写成 hₜ',
  'mistake.offByOneAbout':
    '手写时 ∂*L*/∂*W*_h = Σ_t *δ*_t *h*_{t−1}^T。误用 *h*_t，数值看上去同样合理，只有梯度检验能发现。',
};
