// Maxima and sums over the 64 threads of a workgroup, in a fixed order: the same bits on every run. All
// threads call them together. Needs common/params.wgsl and common/scaled.wgsl.
const REDUCED_THREADS: u32 = 64u;

var<workgroup> reduced_floats: array<f32, REDUCED_THREADS>;
var<workgroup> reduced_integers: array<i32, REDUCED_THREADS>;

fn workgroup_maximum(thread: u32, value: i32) -> i32 {
  reduced_integers[thread] = value;
  workgroupBarrier();
  var largest = reduced_integers[0];
  for (var i = 1u; i < REDUCED_THREADS; i++) {
    largest = max(largest, reduced_integers[i]);
  }
  workgroupBarrier();
  return largest;
}

fn workgroup_sum(thread: u32, value: f32) -> f32 {
  reduced_floats[thread] = value;
  workgroupBarrier();
  var sum = reduced_floats[0];
  for (var i = 1u; i < REDUCED_THREADS; i++) {
    sum += reduced_floats[i];
  }
  workgroupBarrier();
  return sum;
}

// The norm of the 4 x 4 entries of every thread together.
fn workgroup_norm(thread: u32, entries: mat4x4f) -> RowNorm {
  let peak = max(
    max(largest_component(entries[0]), largest_component(entries[1])),
    max(largest_component(entries[2]), largest_component(entries[3])),
  );
  let exponent = workgroup_maximum(thread, exponent_of(peak));
  var sum = 0.0;
  if (exponent != ZERO_EXPONENT) {
    let half = -exponent / 2;
    let scale0 = power_of_two(half);
    let scale1 = power_of_two(-exponent - half);
    for (var i = 0u; i < 4u; i++) {
      let v = entries[i] * scale0 * scale1;
      sum += dot(v, v);
    }
  }
  return RowNorm(workgroup_sum(thread, sum), exponent);
}

// One term of a sum of norms whose largest exponent is `exponent`.
fn at_exponent(norm: RowNorm, exponent: i32) -> f32 {
  return scale_by(norm.sum_of_squares, max(2 * (norm.exponent - exponent), -252));
}
