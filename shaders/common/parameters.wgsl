// Where the five trained arrays lie: W_h, W_x, b, W_y, c, in this order, in blocks of 4 x 4. Mirrored by
// src/engine/gpu/parameterLayout.ts. Needs common/params.wgsl, with a uniform `params`.
const PARAMETER_ARRAYS: u32 = 5u;
const BLOCKS_PER_WORKGROUP: u32 = 64u;

struct ParameterArray {
  row_groups: u32,
  column_groups: u32,
  columns: u32,          // of a block that are stored: 4, or 1 where the array is a bias
  first_workgroup: u32,  // its workgroups, one thread per block
  workgroups: u32,
  gradient: u32,         // its first vec4f among the gradients: rows, padded, of column_groups each
  values: u32,           // its first vec4f among the parameters: block column_group * row_groups + row_group
}

// Parts of a buffer begin at multiples of 256 bytes, so that they can be bound on their own.
fn aligned(vectors: u32) -> u32 {
  return (vectors + 15u) & ~15u;
}

// The array at `index`; at PARAMETER_ARRAYS, where each count ends.
fn parameter_array(index: u32) -> ParameterArray {
  let hidden = params.hidden_groups;
  let outputs = params.output_groups;
  var rows = array<u32, 6>(hidden, hidden, hidden, outputs, outputs, 0u);
  var columns = array<u32, 6>(hidden, params.input_groups, 1u, hidden, 1u, 0u);
  var stored = array<u32, 6>(4u, 4u, 1u, 4u, 1u, 0u);
  var found = ParameterArray();
  for (var i = 0u; i <= index; i++) {
    let before = found.row_groups * found.column_groups;
    let blocks = rows[i] * columns[i];
    found = ParameterArray(
      rows[i],
      columns[i],
      stored[i],
      found.first_workgroup + found.workgroups,
      (blocks + BLOCKS_PER_WORKGROUP - 1u) / BLOCKS_PER_WORKGROUP,
      found.gradient + aligned(before * 4u),
      found.values + aligned(before * found.columns),
    );
  }
  return found;
}

// Which array a workgroup of the grid over all blocks works on.
fn array_of_workgroup(workgroup: u32) -> u32 {
  var index = 0u;
  loop {
    let own = parameter_array(index);
    if (index + 1u == PARAMETER_ARRAYS || workgroup < own.first_workgroup + own.workgroups) {
      return index;
    }
    index++;
  }
}
