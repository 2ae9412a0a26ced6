// Which pixels of a picture are its background, by how far each is from the background's model.
#pragma once

#include <cstddef>
#include <vector>

#include "core/image/background_model.h"

namespace loom {

/// A yes or no for each pixel of a picture.
class Mask {
 public:
  Mask(int width, int height)
      : m_width(width), m_height(height), m_set(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}
  int width() const { return m_width; }
  int height() const { return m_height; }
  bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }
  bool at(int x, int y) const { return m_set[index(x, y)] != 0; }
  void set(int x, int y) { m_set[index(x, y)] = 1; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
  }
  int m_width;
  int m_height;
  std::vector<unsigned char> m_set;
};

/// Decides pixel by pixel. Picture and model must outlive it.
class BackgroundFinder {
 public:
  BackgroundFinder(const LabPicture& picture, const BackgroundModel& model);

  /// What is reached from the border over sides of pixels at most `tolerance` from the background.
  Mask flooded(float tolerance) const;
  /// All pixels at most `tolerance` from the background.
  Mask everywhere(float tolerance) const;
  /// How far the background's own pixels are from it: what 95 in 100 of those reached with a wide tolerance keep to.
  float noise() const;
  /// On a checkerboard, areas within the figure that show both colours where they belong are background too.
  void addEnclosedSquares(Mask& mask, float tolerance) const;
  /// Compression leaves crumbs around a figure: islands of a few pixels, not far from the background.
  void addCrumbs(Mask& mask, float tolerance) const;

 private:
  float far(int x, int y) const {
    return m_far[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_picture.width()) +
                 static_cast<std::size_t>(x)];
  }
  const LabPicture& m_picture;
  const BackgroundModel& m_model;
  std::vector<float> m_far;
};

}  // namespace loom
