#include "ui/widgets/grid_selection.h"

#include <algorithm>

namespace loom {

bool GridSelection::contains(int row) const {
  return m_flags[indexAt(row)] != 0;
}

std::vector<int> GridSelection::indices() const {
  std::vector<int> indices;
  indices.reserve(static_cast<std::size_t>(m_count));
  for (const int index : m_model.arrangement().rows) {
    if (m_count > 0 && m_flags[static_cast<std::size_t>(index)] != 0) indices.push_back(index);
  }
  return indices;
}

std::vector<SpriteId> GridSelection::ids() const {
  std::vector<SpriteId> ids;
  for (const int index : indices()) ids.push_back(m_ids[static_cast<std::size_t>(index)]);
  return ids;
}

void GridSelection::clear() {
  std::fill(m_flags.begin(), m_flags.end(), char{0});
  m_count = 0;
}

void GridSelection::set(int row, bool selected) {
  char& flag = m_flags[indexAt(row)];
  if ((flag != 0) == selected) return;
  flag = selected ? 1 : 0;
  m_count += selected ? 1 : -1;
}

void GridSelection::setRange(int from, int to, bool selected) {
  for (int row = std::min(from, to); row <= std::max(from, to); ++row) set(row, selected);
}

void GridSelection::setRows(std::span<const int> rows, bool selected) {
  for (const int row : rows) set(row, selected);
}

void GridSelection::restore(const std::vector<char>& snapshot) {
  if (snapshot.size() != m_flags.size()) return;
  m_flags = snapshot;
  m_count = static_cast<int>(std::count(m_flags.begin(), m_flags.end(), char{1}));
}

void GridSelection::followReset() {
  const SpriteTable& table = m_model.table();
  const std::vector<int>& rowOf = m_model.arrangement().rowOf;
  std::vector<char> flags(table.ids.size(), 0);
  m_count = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < m_ids.size(); ++i) {
    if (m_flags[i] == 0) continue;
    while (next < table.ids.size() && table.ids[next] < m_ids[i]) ++next;
    if (next == table.ids.size() || table.ids[next] != m_ids[i] || rowOf[next] < 0) continue;
    flags[next] = 1;
    ++m_count;
  }
  m_flags = std::move(flags);
  m_ids = table.ids;
}

}  // namespace loom
