// A walk from one character to another as a film, from the Create page.
#pragma once

#include <vector>

#include "ui/models/character_editor.h"
#include "ui/pages/film_dialog.h"

namespace loom {

class WalkDialog : public FilmDialog {
  Q_OBJECT
 public:
  /// From the first of `characters` through all of them. Throws Error when one is of another model than the one that is
  /// being worked with.
  WalkDialog(Session& session, const std::vector<CharacterState>& characters, QWidget* parent = nullptr);
  ~WalkDialog() override;

 protected:
  std::optional<Film> plan(const FilmOptions& film, AnimationFormat format) const override;
  Work work(const FilmOptions& film) const override;
  void remember() const override;

 private:
  void build();
  WalkFilm walk() const;
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
