// forward.wgsl for a fixed small H: the weights stay in registers for the whole chunk. Unrolled by
// the composer for HIDDEN_GROUPS columns; each of THREADS threads owns ROW_BLOCKS groups of units.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/activation.wgsl"
#include "common/recurrence.wgsl"

var<workgroup> state: array<array<vec4f, HIDDEN_GROUPS>, 2>;

@compute @workgroup_size(THREADS)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let entry = workgroup.x;
  let group = thread * ROW_BLOCKS;
#repeat c HIDDEN_GROUPS
#repeat r ROW_BLOCKS
  let weights_{r}_{c} = recurrent_blocks[{c}u * HIDDEN_GROUPS + group + {r}u];
#end
#end
  let before = ((chunk.first_step - 1u) * params.batch + entry) * HIDDEN_GROUPS;
#repeat r ROW_BLOCKS
  state[0][group + {r}u] = hidden_states[before + group + {r}u] * retained[chunk.first_step - 1u];
#end
  workgroupBarrier();
  var current = 0u;
  for (var step = chunk.first_step; step <= chunk.last_step; step++) {
    let row = (step - 1u) * params.batch + entry;
    let kept = retained[step];
#repeat r ROW_BLOCKS
    var a_{r} = pre_activations[row * HIDDEN_GROUPS + group + {r}u];
#end
#repeat c HIDDEN_GROUPS
    let h_{c} = state[current][{c}u];
#repeat r ROW_BLOCKS
    a_{r} += weights_{r}_{c} * h_{c};
#end
#end
#repeat r ROW_BLOCKS
    state[1u - current][group + {r}u] = finish_state(row, group + {r}u, a_{r}) * kept;
#end
    workgroupBarrier();
    current = 1u - current;
  }
}
