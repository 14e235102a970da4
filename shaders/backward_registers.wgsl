// backward.wgsl for a fixed small H: W_h^T stays in registers for the whole chunk. Unrolled by the
// composer for HIDDEN_GROUPS columns; each of THREADS threads owns ROW_BLOCKS groups of units.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/error_recursion.wgsl"

var<workgroup> signal: array<array<vec4f, HIDDEN_GROUPS>, 2>;
var<workgroup> largest: array<array<f32, THREADS>, 2>;

@compute @workgroup_size(THREADS)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let entry = workgroup.x;
  let group = thread * ROW_BLOCKS;
#repeat c HIDDEN_GROUPS
#repeat r ROW_BLOCKS
  let weights_{r}_{c} = transposed_blocks[{c}u * HIDDEN_GROUPS + group + {r}u];
#end
#end
  let lane = lane_of(workgroup.y);
  let end = end_of_gradient();

  // delta of the step after the chunk, left there by the chunk before.
  let next = chunk.last_step + 1u;
  var signal_exponent = ZERO_EXPONENT;
  var peak = 0.0;
  if (next < end) {
    signal_exponent = row_exponents[lane.exponents + next * params.batch + entry].error_signal;
#repeat r ROW_BLOCKS
    let next_{r} = error_signals[lane.signals + ((next - 1u) * params.batch + entry) * HIDDEN_GROUPS + group + {r}u];
    signal[0][group + {r}u] = next_{r};
    peak = max(peak, largest_component(next_{r}));
#end
  }
  largest[0][thread] = peak;
  workgroupBarrier();

  var current = 0u;
  for (var step = i32(chunk.last_step); step >= first_step_of_chunk(); step--) {
    let row = u32(step) * params.batch + entry;
    peak = 0.0;
    for (var i = 0u; i < THREADS; i++) {
      peak = max(peak, largest[current][i]);
    }
    let scales = step_scales(lane, u32(step), row, end, peak, signal_exponent);

    peak = 0.0;
#repeat r ROW_BLOCKS
    var carried_{r} = vec4f(0.0);
#end
    if (scales.carried != 0.0) {
#repeat c HIDDEN_GROUPS
      let signal_{c} = signal[current][{c}u] * scales.normalise;
#repeat r ROW_BLOCKS
      carried_{r} += weights_{r}_{c} * signal_{c};
#end
#end
    }
#repeat r ROW_BLOCKS
    let delta_{r} = finish_error_signal(lane, scales, row, group + {r}u, carried_{r});
    signal[1u - current][group + {r}u] = delta_{r};
    peak = max(peak, largest_component(delta_{r}));
#end
    largest[1u - current][thread] = peak;
    signal_exponent = scales.signal_exponent;
    if (thread == 0u) {
      write_exponents(lane, scales, row);
    }
    workgroupBarrier();
    current = 1u - current;
  }
}
