#include "ui/pages/sprite_picker.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/sprite_model.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/thumbnail_loader.h"

namespace loom {

struct SpritePicker::Impl {
  SpriteModel model;
  ThumbnailLoader loader;
  ThumbnailGrid* grid = nullptr;
  QPushButton* ok = nullptr;
};

SpritePicker::SpritePicker(Session& session, QWidget* parent) : QDialog(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("spritePicker");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Choose from the data set"));
  auto* words = new QLabel(tr("One view of a character, or several: each is given as the view that it shows."));
  words->setWordWrap(true);
  auto* filter = new QLineEdit;
  filter->setObjectName("pickerFilter");
  filter->setAccessibleName(tr("Filter"));
  filter->setPlaceholderText(tr("Filter: a word, view:front, tag:knight"));
  filter->setClearButtonEnabled(true);
  m_impl->grid = new ThumbnailGrid(m_impl->model, m_impl->loader);
  m_impl->grid->setObjectName("pickerGrid");
  m_impl->grid->setComfortableCell(96);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  m_impl->ok = buttons->button(QDialogButtonBox::Ok);
  m_impl->ok->setEnabled(false);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(words);
  layout->addWidget(filter);
  layout->addWidget(m_impl->grid, 1);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_impl->grid, &ThumbnailGrid::selectionChanged, this,
          [this] { m_impl->ok->setEnabled(m_impl->grid->selection().count() > 0); });
  connect(filter, &QLineEdit::textChanged, this, [this](const QString& text) {
    SpriteQuery query = m_impl->model.query();
    query.text = text;
    m_impl->model.setQuery(query);
  });
  resize(760, 560);
  m_impl->loader.setDatabase(session.project().database());
  m_impl->model.setDatabase(session.project().database());
}

SpritePicker::~SpritePicker() {
  silence(*this, *this);
  delete m_impl->grid;  // before the model that it shows
}

void SpritePicker::accept() {
  const std::vector<SpriteId> ids = m_impl->grid->selection().ids();
  if (ids.empty()) return;
  Q_EMIT picked(ids);
  QDialog::accept();
}

}  // namespace loom
