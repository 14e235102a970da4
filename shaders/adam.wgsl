// Adam (Kingma and Ba, 2015), as torch.optim.Adam: m <- beta_1 m + (1 - beta_1) g,
// v <- beta_2 v + (1 - beta_2) g^2; theta <- theta - step size * m / (sqrt(v) / correction + eps), with
// step size = lr / (1 - beta_1^t) and correction = sqrt(1 - beta_2^t); amsgrad: the largest v so far.
// Twin: src/reference/optimizers.ts.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"
#include "common/update.wgsl"

override amsgrad: u32 = 0u;

// g has its weight decay already; the moments are m, sqrt(v) and the largest sqrt(v).
fn updated(entry: Entry, g: f32, schedule: vec4f) -> Entry {
  var next = entry;
  let decay = settings[DECAY_SETTINGS];
  let mean = decay.x * entry.moments.x + decay.y * g;
  var root = root_mean_square(decay.z, entry.moments.y, decay.w, g);
  next.moments.x = mean;
  next.moments.y = root;
  if (amsgrad == 1u) {
    root = max(root, entry.moments.z);
    next.moments.z = root;
  }
  let step = quotient(mean, quotient(root, schedule.y) + settings[OPTIMIZER_SETTINGS].y);
  next.value = entry.value - product(schedule.x, step);
  return next;
}
