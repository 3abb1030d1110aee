// f13, sharp ridge. Weight 0: how many coordinates run along the ridge.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  let along_ridge = weight(0u).x;
  var along_squares = 0.0;
  var across_squares = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let square = z[i].x * z[i].x;
    if (f32(i) < along_ridge) {
      along_squares += square;
    } else {
      across_squares += square;
    }
  }
  return along_squares / along_ridge + 100.0 * sqrt(across_squares / along_ridge);
}
