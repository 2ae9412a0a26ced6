// What the starter set's characters are drawn with: shapes that know their shades, and a canvas of ramp colours.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/dataset/starter_palette.h"
#include "core/image/sprite.h"

namespace loom::starter {

inline constexpr int kSide = 64;  ///< pixels, width = height of a canvas

struct Point {
  int x = 0, y = 0;
};

/// Rows of characters, top to bottom: '.' nothing, '#' left to the shading, '0'..'4' a shade of the ramp.
struct Art {
  int x = 0, y = 0;  ///< where its first column and row lie
  std::string_view rows;
};

/// Distances from the lit spot (256 = the radius) up to which a ball has its highlight, its light and its base shade.
struct Bands {
  int highlight = 0, light = 150, base = 300;
};

/// A mask in which every pixel has a shade, or waits for one of the shading functions to give it one.
/// `light` is +1 when light falls from the left of the drawing, -1 from its right (a drawing that will be mirrored).
class Shape {
 public:
  Shape() { m_shades.fill(kNone); }
  explicit Shape(const Art& art) : Shape() { add(art); }

  bool has(int x, int y) const { return inside(x, y) && m_shades[index(x, y)] != kNone; }
  int shade(int x, int y) const;  ///< 0..4; the base shade where none was given
  bool empty() const { return m_right < m_left; }

  void put(int x, int y, int shade = kAuto);
  void erase(int x, int y);
  void row(int y, int left, int right);                 ///< both ends included
  void centred(int y, int half);                        ///< `half` pixels on each side of the middle of the canvas
  void ellipse(int x2, int y2, int width, int height);  ///< centre in half pixels, width and height in pixels
  void limb(Point from, Point to, int thickness);       ///< a thick line, square to its longer axis
  void add(const Art& art);
  void add(const Shape& other);
  void subtract(const Shape& other);
  void mirror();
  void move(int dx, int dy);
  void keepRows(int top, int bottom);
  void widen();  ///< one pixel more on both ends of every row

  /// Upright cylinder: each row lit on the light's side.
  void shadeAcross(int light);
  /// Lying cylinder: each column lit at its top.
  void shadeDown();
  /// Ball; centre in half pixels.
  void shadeBall(int x2, int y2, int width, int height, int light, Bands bands = {});
  /// Polished metal: an upright cylinder with a hard highlight.
  void shadeSheen(int light);
  /// Hair: strands and a band of shine that bends around a head whose crown is at `x`, `ring` pixels from the top.
  void shadeStrands(int x, int ring, int light);
  /// Curls on a head; centre in half pixels.
  void shadeCurls(int x2, int y2, int light);
  /// Hanging cloth: long folds that grow from `top` to the hem.
  void shadeFolds(int top, int light);
  void shadeFlat(int shade);
  /// One shade less light everywhere: for the limbs on the far side.
  void darken();

  int left() const { return m_left; }
  int right() const { return m_right; }
  int top() const { return m_top; }
  int bottom() const { return m_bottom; }

 private:
  static constexpr std::int8_t kNone = -1;
  static constexpr std::int8_t kAuto = 5;
  static bool inside(int x, int y) { return x >= 0 && y >= 0 && x < kSide && y < kSide; }
  static std::size_t index(int x, int y) { return static_cast<std::size_t>(y * kSide + x); }
  template <typename Function>
  void forEachRun(Function function);
  template <typename Function>
  void shadeEach(Function function);

  std::array<std::int8_t, kSide * kSide> m_shades;
  int m_left = kSide, m_right = -1, m_top = kSide, m_bottom = -1;
};

/// How the edge of a stamped shape is drawn.
enum class Edge {
  kNone,   ///< no line
  kOuter,  ///< a dark line against the background only
  kSoft,   ///< a dark line against the background, a shadow against what is drawn already
  kFull,   ///< a dark line all around; a shadow where the neighbour has the same ramp
};

class Canvas {
 public:
  /// A mirrored canvas swaps left and right of all that is drawn on it.
  explicit Canvas(bool mirrored) : m_mirrored(mirrored) {}

  void stamp(const Shape& shape, RampId ramp, Edge edge = Edge::kFull);
  /// Draws under all that is there already.
  void stampBelow(const Shape& shape, RampId ramp);
  void dot(int x, int y, RampId ramp, int shade);
  /// A dot on pixels of `on` only.
  void dotOn(int x, int y, RampId on, RampId ramp, int shade);
  /// Darkens by a shade what lies up to `depth` pixels below the shape, on pixels of `ramp` only.
  void castShadow(const Shape& shape, int depth, RampId ramp);
  bool covered(int x, int y) const { return at(x, y).ramp != RampId::kNone; }
  RampId rampAt(int x, int y) const { return at(x, y).ramp; }

  /// Takes single stray pixels of a shade out.
  void removeOrphans();
  void countShades(std::array<int, kRamps * kShades>& counts) const;
  Sprite coloured(const Palette& palette) const;

 private:
  struct Pixel {
    RampId ramp = RampId::kNone;
    std::uint8_t shade = 0;
  };
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y * kSide + (m_mirrored ? kSide - 1 - x : x));
  }
  const Pixel& at(int x, int y) const { return m_pixels[index(x, y)]; }
  void drawEdge(const Shape& shape, RampId ramp, Edge edge);

  bool m_mirrored;
  std::array<Pixel, kSide * kSide> m_pixels{};
};

}  // namespace loom::starter
