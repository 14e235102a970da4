// RMSprop, as torch.optim.RMSprop: v <- alpha v + (1 - alpha) g^2; theta <- theta - lr g / (sqrt(v) + eps),
// centred with the variance in the place of v, with momentum by buf <- mu buf + g / (sqrt(v) + eps).
// Twin: src/reference/optimizers.ts.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"
#include "common/update.wgsl"

override centered: u32 = 0u;

// g has its weight decay already; the moments are sqrt(v), the mean of g and buf. Centred, the first is the
// root of v - mean^2, which follows alpha (v - mean^2) + alpha (1 - alpha) (g - mean)^2: nothing cancels.
fn updated(entry: Entry, g: f32, schedule: vec4f) -> Entry {
  var next = entry;
  let alpha = settings[DECAY_SETTINGS].x;
  let rest = settings[DECAY_SETTINGS].y;
  if (centered == 1u) {
    next.moments.x = root_mean_square(alpha, entry.moments.x, alpha * rest, g - entry.moments.y);
    next.moments.y = alpha * entry.moments.y + rest * g;
  } else {
    next.moments.x = root_mean_square(alpha, entry.moments.x, rest, g);
  }
  var step = quotient(g, next.moments.x + settings[OPTIMIZER_SETTINGS].y);
  if (moments == 3u) {
    step += product(settings[OPTIMIZER_SETTINGS].z, entry.moments.z);
    next.moments.z = step;
  }
  next.value = entry.value - product(schedule.x, step);
  return next;
}
