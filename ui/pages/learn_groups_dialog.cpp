#include "ui/pages/learn_groups_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <utility>

#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

LearnGroupsDialog::LearnGroupsDialog(std::vector<Favourite> favourites, QWidget* parent)
    : QDialog(parent), m_favourites(std::move(favourites)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("learnGroupsDialog");
  setWindowTitle(tr("Learn a direction from favourites"));
  m_name = new QLineEdit(tr("My direction"));
  m_name->setObjectName("groupName");
  m_name->setAccessibleName(tr("Name of the direction"));
  m_list = new QTreeWidget;
  m_list->setObjectName("groupList");
  m_list->setAccessibleName(tr("Favourites"));
  m_list->setHeaderLabels({tr("Favourite"), tr("Group")});
  m_list->setRootIsDecorated(false);
  m_list->setIconSize({48, 48});
  m_list->header()->setStretchLastSection(false);
  m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_list->setFocusPolicy(Qt::NoFocus);  // Tab goes from box to box
  for (const Favourite& favourite : m_favourites) {
    auto* item = new QTreeWidgetItem(m_list, {QString::fromStdString(favourite.name)});
    if (!favourite.sprites.empty()) item->setIcon(0, QPixmap::fromImage(toImage(favouritePicture(favourite))));
    m_sides.push_back(sideBox(item->text(0)));
    m_list->setItemWidget(item, 1, m_sides.back());
  }
  m_missing = new QLabel;
  m_missing->setObjectName("groupMissing");
  m_missing->setWordWrap(true);
  m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_buttons->addButton(tr("Learn"), QDialogButtonBox::AcceptRole)->setObjectName("groupLearn");
  auto* form = new QFormLayout;
  form->addRow(tr("Name"), m_name);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_missing);
  layout->addWidget(m_buttons);
  resize(440, 460);
  connect(m_name, &QLineEdit::textChanged, this, [this] { updateState(); });
  connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  updateState();
}

QComboBox* LearnGroupsDialog::sideBox(const QString& favourite) {
  auto* box = new QComboBox;
  box->addItems({tr("neither"), tr("has it"), tr("has it not")});
  box->setAccessibleName(tr("Group of %1").arg(favourite));
  connect(box, &QComboBox::currentIndexChanged, this, [this] { updateState(); });
  return box;
}

void LearnGroupsDialog::updateState() {
  const std::size_t has = with().size(), lacks = without().size();
  const bool enough = has >= kLeastFavourites && lacks >= kLeastFavourites;
  m_missing->setText(enough ? tr("%1 against %2. More examples make a cleaner direction.").arg(has).arg(lacks)
                            : tr("Choose at least %1 that have it and %1 that have it not: there are %2 and %3.")
                                  .arg(kLeastFavourites)
                                  .arg(has)
                                  .arg(lacks));
  m_buttons->findChild<QPushButton*>("groupLearn")->setEnabled(enough && !name().isEmpty());
}

QString LearnGroupsDialog::name() const {
  return m_name->text().trimmed();
}

std::vector<Latent> LearnGroupsDialog::group(int side) const {
  std::vector<Latent> latents;
  for (std::size_t i = 0; i < m_sides.size(); ++i) {
    if (m_sides[i]->currentIndex() == side) latents.push_back(m_favourites[i].latent);
  }
  return latents;
}

}  // namespace loom
