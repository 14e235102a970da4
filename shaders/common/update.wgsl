// One update of every weight, shared by sgd.wgsl, rmsprop.wgsl and adam.wgsl, which say what it is. Reads
// one set of weights and moments and writes the other, so that an update that leaves float32 has changed
// nothing; training_record.wgsl decides which set is present. Needs common/params.wgsl, scaled.wgsl,
// reduction.wgsl, training.wgsl and parameters.wgsl.

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(2) var<storage, read> product_exponents: array<i32>;
@group(0) @binding(3) var<storage, read> settings: array<vec4f>;
@group(0) @binding(4) var<storage, read> training: TrainingState;
// The parameters; W_h^T and W_y^T; each moment, laid out as the parameters
@group(0) @binding(5) var<storage, read> weights: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> new_weights: array<vec4f>;
// One per workgroup of the weights before, then one of the changes
@group(0) @binding(7) var<storage, read_write> norms: array<RowNorm>;

// How many moments there are, 0…3.
override moments: u32 = 0u;

// One weight and its moments.
struct Entry {
  value: f32,
  moments: vec3f,
}

// Magnitudes up to here are kept: 1e37, the limit of a state as well.
const LIMIT: u32 = 0x7cf0bdc2u;
const MAGNITUDE: u32 = 0x7fffffffu;

// What an entry of this thread's block has left float32 by; 0 for none, else BEYOND_….
var<private> beyond: i32 = 0;

fn leaves(reason: i32) -> f32 {
  beyond = max(beyond, reason);
  return 0.0;
}

// a b. Looks at exponents first: nothing here ever overflows, so that bits can be trusted.
fn product(a: f32, b: f32) -> f32 {
  if (exponent_of(a) + exponent_of(b) > 123) {
    return leaves(BEYOND_WEIGHTS);
  }
  return a * b;
}

// a/b, and 0 where both are zero: with eps = 0, a weight whose gradient was always zero stays.
fn quotient(a: f32, b: f32) -> f32 {
  if (exponent_of(a) == ZERO_EXPONENT) {
    return 0.0;
  }
  if (exponent_of(a) - exponent_of(b) > 123) {
    return leaves(BEYOND_WEIGHTS);
  }
  return a / b;
}

// sqrt(a s^2 + b g^2) at the exponent of the larger: g^2 itself would have half a float's range.
fn root_mean_square(a: f32, s: f32, b: f32, g: f32) -> f32 {
  let exponent = exponent_of(max(s, abs(g)));
  if (exponent == ZERO_EXPONENT) {
    return 0.0;
  }
  let u = scale_by(s, -exponent);
  let v = scale_by(g, -exponent);
  return scale_by(sqrt(a * u * u + b * v * v), exponent);
}

// mantissa * 2^exponent, which has been clipped by norm, as a float clipped by value.
fn applied_gradient(mantissa: f32, exponent: i32) -> f32 {
  let most = settings[CLIP_SETTINGS].y;
  let true_exponent = exponent_of(mantissa) + exponent;
  if (true_exponent > 123) {
    if (most > 0.0) {
      return sign(mantissa) * most;
    }
    return leaves(BEYOND_GRADIENT);
  }
  let g = scale_by(mantissa, exponent);
  if (most > 0.0) {
    return clamp(g, -most, most);
  }
  if ((bitcast<u32>(g) & MAGNITUDE) > LIMIT) {
    return leaves(BEYOND_GRADIENT);
  }
  return g;
}

fn with_decay(g: f32, value: f32) -> f32 {
  return g + product(settings[OPTIMIZER_SETTINGS].x, value);
}

// First vec4f of the moments, behind `all` of the parameters and the transposed matrices.
fn first_moment(all: u32) -> u32 {
  let hidden = params.hidden_groups;
  return all + aligned(4u * hidden * hidden) + aligned(4u * hidden * params.output_groups);
}

// The block of the gradient that belongs to a block of weights.
fn gradient_block(own: ParameterArray, row_group: u32, column_group: u32) -> mat4x4f {
  let first = own.gradient + 4u * row_group * own.column_groups + column_group;
  return transpose(mat4x4f(
    gradients[first],
    gradients[first + own.column_groups],
    gradients[first + 2u * own.column_groups],
    gradients[first + 3u * own.column_groups],
  ));
}

// W_h^T and W_y^T for the error recursion.
fn write_transposed(first: u32, block: u32, entries: mat4x4f) {
  let turned = transpose(entries);
  for (var j = 0u; j < 4u; j++) {
    new_weights[first + 4u * block + j] = turned[j];
  }
}

// One thread per block.
@compute @workgroup_size(64)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  if (training.stop != 0u) {
    return;
  }
  let index = array_of_workgroup(workgroup.x);
  let own = parameter_array(index);
  let end = parameter_array(PARAMETER_ARRAYS);
  let block = (workgroup.x - own.first_workgroup) * BLOCKS_PER_WORKGROUP + thread;
  let gradient_exponent = add_exponents(product_exponents[index], training.clip_exponent);
  let schedule = settings[SCHEDULE + training.done % RING];
  let moment = first_moment(end.values);
  var before = mat4x4f();
  var after = mat4x4f();
  if (block < own.row_groups * own.column_groups) {
    let row_group = block % own.row_groups;
    let column_group = block / own.row_groups;
    let gradient = gradient_block(own, row_group, column_group) * training.clip_mantissa;
    for (var j = 0u; j < own.columns; j++) {
      let at = own.values + block * own.columns + j;
      before[j] = weights[at];
      var kept = array<vec4f, 3>();
      for (var m = 0u; m < moments; m++) {
        kept[m] = weights[moment + m * end.values + at];
      }
      for (var i = 0u; i < 4u; i++) {
        let g = applied_gradient(gradient[j][i], gradient_exponent);
        let entry = Entry(before[j][i], vec3f(kept[0][i], kept[1][i], kept[2][i]));
        let next = updated(entry, with_decay(g, entry.value), schedule);
        if ((bitcast<u32>(next.value) & MAGNITUDE) > LIMIT) {
          beyond = max(beyond, BEYOND_WEIGHTS);
        }
        after[j][i] = next.value;
        for (var m = 0u; m < moments; m++) {
          kept[m][i] = next.moments[m];
        }
      }
      new_weights[at] = after[j];
      for (var m = 0u; m < moments; m++) {
        new_weights[moment + m * end.values + at] = kept[m];
      }
    }
    let turned_block = row_group * own.column_groups + column_group;
    if (index == 0u) {
      write_transposed(end.values, turned_block, after);
    } else if (index == 3u) {
      let hidden = params.hidden_groups;
      write_transposed(end.values + aligned(4u * hidden * hidden), turned_block, after);
    }
  }
  let most_beyond = workgroup_maximum(thread, beyond);
  let weight_norm = workgroup_norm(thread, before);
  let change_norm = workgroup_norm(thread, after - before);
  if (thread == 0u) {
    let exponent = select(weight_norm.exponent, most_beyond, most_beyond > 0);
    norms[workgroup.x] = RowNorm(weight_norm.sum_of_squares, exponent);
    norms[end.first_workgroup + workgroup.x] = change_norm;
  }
}
