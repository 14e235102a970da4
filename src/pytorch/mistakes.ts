/** The classic mistakes around `detach`, each as a program that shows what becomes of it. */
export const MISTAKES = ['noDetach', 'tooLate', 'data', 'reset', 'offByOne'] as const;
export type Mistake = (typeof MISTAKES)[number];

/** A small network over six steps in two chunks of three, and the gradient that was meant. */
const SETUP = `import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
T, k = 6, 3
Wh = torch.tensor([[0.5, -0.3], [0.2, 0.8]], requires_grad=True)
x = torch.randn(T, 2)

def step(h, t):
    return torch.tanh(h @ Wh.T + x[t])

def meant():  # chunks of k steps, detached in time
    Wh.grad = None
    h = torch.zeros(2)
    for start in range(0, T, k):
        h = h.detach()
        L = 0.0
        for t in range(start, start + k):
            h = step(h, t)
            L = L + (h**2).sum()
        L.backward()
    return Wh.grad.clone()

right = meant()
Wh.grad = None`;

const WRONG: Record<Mistake, string> = {
  noDetach: `h = torch.zeros(2)
try:
    for start in range(0, T, k):
        # missing: h = h.detach()
        L = 0.0
        for t in range(start, start + k):
            h = step(h, t)
            L = L + (h**2).sum()
        L.backward()  # the second one walks into the first chunk's graph, which is gone
except RuntimeError as error:
    print(error)
    assert "backward through the graph a second time" in str(error)
else:
    raise AssertionError("PyTorch used to refuse this")`,
  tooLate: `h = torch.zeros(2)
L = 0.0
for t in range(T):
    before = h
    h = step(h, t)
    if t == k:
        before.detach_()  # too late: step(h, t) has already recorded where h came from
    L = L + (h**2).sum()
try:
    L.backward()
except RuntimeError as error:
    print(str(error)[-60:])  # what was saved for the backward pass has lost its history
else:
    print("too late:", Wh.grad.flatten().tolist())  # or the gradient goes on through the link
    assert not torch.allclose(Wh.grad, right)

Wh.grad = None
h = torch.zeros(2)
L = 0.0
for t in range(T):
    if t == k:
        h = h.detach()  # in time
    h = step(h, t)
    L = L + (h**2).sum()
L.backward()
print("in time:", Wh.grad.flatten().tolist())
assert torch.allclose(Wh.grad, right)`,
  data: `h = torch.zeros(2)
for start in range(0, T, k):
    h = h.data  # cuts as detach() does …
    L = 0.0
    for t in range(start, start + k):
        h = step(h, t)
        L = L + (h**2).sum()
    h.data.mul_(2.0)  # … but a change through .data is not noticed: tanh's backward needs h
    L.backward()
print("with .data:", Wh.grad.flatten().tolist(), "and no error")
print("meant:     ", right.flatten().tolist())
assert not torch.allclose(Wh.grad, right)

h = step(torch.zeros(2), 0)
L = (h**2).sum()
h.detach().mul_(2.0)  # the same through detach() is noticed
try:
    L.backward()
except RuntimeError as error:
    print(str(error)[:80])
    assert "modified by an inplace operation" in str(error)
else:
    raise AssertionError("PyTorch used to refuse this")`,
  reset: `h = torch.zeros(2)
for start in range(0, T, k):
    h = torch.zeros(2)  # not a detach: what the network remembered is gone, too
    L = 0.0
    for t in range(start, start + k):
        h = step(h, t)
        L = L + (h**2).sum()
    L.backward()
print("reset:", Wh.grad.flatten().tolist())
print("meant:", right.flatten().tolist())
assert not torch.allclose(Wh.grad, right)`,
  offByOne: `# By hand: dL/dWh = sum of delta_t h_{t-1}^T. With h_t in its place it looks just as plausible.
hs = [torch.zeros(2)]
with torch.no_grad():
    for t in range(T):
        hs.append(step(hs[-1], t))
    by_hand, off_by_one = torch.zeros(2, 2), torch.zeros(2, 2)
    delta = torch.zeros(2)
    for t in reversed(range(T)):
        e = 2 * hs[t + 1]
        if (t + 1) % k != 0:  # nothing comes back across the cut
            e = e + Wh.T @ delta
        delta = (1 - hs[t + 1] ** 2) * e
        by_hand += torch.outer(delta, hs[t])
        off_by_one += torch.outer(delta, hs[t + 1])
print("h_{t-1}:", by_hand.flatten().tolist())
print("h_t:    ", off_by_one.flatten().tolist())
assert torch.allclose(by_hand, right) and not torch.allclose(off_by_one, right)`,
};

/** A program that runs as it stands and asserts what it claims. */
export function mistakeProgram(mistake: Mistake): string {
  return `${SETUP}\n\n${WRONG[mistake]}\n`;
}
