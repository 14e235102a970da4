// Stochastic gradient descent with momentum, as torch.optim.SGD:
// buf <- mu buf + (1 - tau) g, at first buf <- g; g <- buf, with nesterov g <- g + mu buf;
// theta <- theta - lr g. Twin: src/reference/optimizers.ts.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"
#include "common/update.wgsl"

override nesterov: u32 = 0u;

// g has its weight decay already; the moment is buf.
fn updated(entry: Entry, g: f32, schedule: vec4f) -> Entry {
  var next = entry;
  var direction = g;
  if (moments == 1u) {
    let momentum = settings[OPTIMIZER_SETTINGS].z;
    var velocity = g;
    if (schedule.z == 0.0) {
      velocity = product(momentum, entry.moments.x) + product(settings[OPTIMIZER_SETTINGS].w, g);
    }
    next.moments.x = velocity;
    direction = velocity;
    if (nesterov == 1u) {
      direction = g + product(momentum, velocity);
    }
  }
  next.value = entry.value - product(schedule.x, direction);
  return next;
}
