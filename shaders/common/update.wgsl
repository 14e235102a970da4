// One update of every weight, shared by sgd.wgsl, rmsprop.wgsl and adam.wgsl, which say what it is. Reads
// one set of weights and moments and writes the other, so that an update that leaves float32 has changed
// nothing; training_record.wgsl decides which set is present. Needs common/params.wgsl, scaled.wgsl,
// training.wgsl and parameters.wgsl.

@group(0) @binding(0) var<storage, read> arrays: array<ParameterArray>;
@group(0) @binding(1) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(2) var<storage, read> product_exponents: array<i32>;
@group(0) @binding(3) var<storage, read> settings: array<vec4f>;
@group(0) @binding(4) var<storage, read> training: TrainingState;
// The parameters; W_h^T and W_y^T; each moment, laid out as the parameters
@group(0) @binding(5) var<storage, read> weights: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> new_weights: array<vec4f>;
// One per lane: of the weights before, then of the changes
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

// How an entry of this lane has left float32; 0 for none, else BEYOND_….
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

// One block of weights: reads it with its moments, writes what follows, gives both.
struct Block {
  before: mat4x4f,
  after: mat4x4f,
}

fn update_block(own: ParameterArray, block: u32, gradient: mat4x4f, exponent: i32, schedule: vec4f) -> Block {
  let end = arrays[PARAMETER_ARRAYS];
  var changed: Block;
  for (var j = 0u; j < own.columns; j++) {
    let at = own.values + block * own.columns + j;
    let value = weights[at];
    var next_value = vec4f();
    var kept = array<vec4f, 3>();
    for (var m = 0u; m < moments; m++) {
      kept[m] = weights[end.transposed + m * end.values + at];
    }
    for (var i = 0u; i < 4u; i++) {
      let g = applied_gradient(gradient[j][i], exponent);
      let entry = Entry(value[i], vec3f(kept[0][i], kept[1][i], kept[2][i]));
      let next = updated(entry, with_decay(g, entry.value), schedule);
      if ((bitcast<u32>(next.value) & MAGNITUDE) > LIMIT) {
        beyond = max(beyond, BEYOND_WEIGHTS);
      }
      next_value[i] = next.value;
      for (var m = 0u; m < moments; m++) {
        kept[m][i] = next.moments[m];
      }
    }
    new_weights[at] = next_value;
    for (var m = 0u; m < moments; m++) {
      new_weights[end.transposed + m * end.values + at] = kept[m];
    }
    changed.before[j] = value;
    changed.after[j] = next_value;
  }
  return changed;
}

// W_h^T and W_y^T for the error recursion.
fn write_transposed(first: u32, block: u32, entries: mat4x4f) {
  let turned = transpose(entries);
  for (var j = 0u; j < 4u; j++) {
    new_weights[first + 4u * block + j] = turned[j];
  }
}

// One thread per lane.
@compute @workgroup_size(64)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  var index = 0u;
  while (workgroup.x >= arrays[index + 1u].first_workgroup) {
    index++;
  }
  let own = arrays[index];
  let lane = (workgroup.x - own.first_workgroup) * LANES_PER_WORKGROUP + thread;
  if (lane >= own.lanes || training.stop != 0u) {
    return;
  }
  let exponent = add_exponents(product_exponents[index], training.clip_exponent);
  let schedule = settings[SCHEDULE + training.done % RING];
  var weight_norm = RowNorm(0.0, ZERO_EXPONENT);
  var change_norm = RowNorm(0.0, ZERO_EXPONENT);
  for (var block = lane; block < own.row_groups * own.column_groups; block += own.lanes) {
    let row_group = block % own.row_groups;
    let column_group = block / own.row_groups;
    let gradient = gradient_block(own, row_group, column_group) * training.clip_mantissa;
    let changed = update_block(own, block, gradient, exponent, schedule);
    if (own.transposed != 0u) {
      let turned_block = row_group * own.column_groups + column_group;
      write_transposed(own.transposed, turned_block, changed.after);
    }
    weight_norm = with_block(weight_norm, changed.before);
    change_norm = with_block(change_norm, changed.after - changed.before);
  }
  if (beyond > 0) {
    weight_norm.exponent = beyond;
  }
  norms[own.first_lane + lane] = weight_norm;
  norms[arrays[PARAMETER_ARRAYS].first_lane + own.first_lane + lane] = change_norm;
}
