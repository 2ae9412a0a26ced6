// What the export page is made of; for its own sources alone.
#pragma once

#include <QPushButton>

#include "ui/bridge/sheet_maker.h"
#include "ui/pages/export_page.h"
#include "ui/widgets/export_source_panel.h"
#include "ui/widgets/sheet_export_bar.h"
#include "ui/widgets/sheet_hand_off.h"
#include "ui/widgets/sheet_options_form.h"
#include "ui/widgets/sheet_view.h"

namespace loom {

struct ExportPage::Impl {
  ExportPage* page;
  Session& session;
  SheetMaker maker;
  ExportSourcePanel* source = nullptr;
  SheetOptionsForm* form = nullptr;
  SheetView* view = nullptr;
  SheetExportBar* bar = nullptr;
  SheetHandOff* handOff = nullptr;
  QPushButton* animate = nullptr;
  Sheets sheets;                          // those shown; null while there are none
  std::shared_ptr<const SheetCast> cast;  // who is on them; null while that is not known
  Page helpfulPage = Page::kCreate;       // where the view's button leads
  int revision = 0;                       // of what the characters come from
  std::uint64_t wanted = 0;               // the newest request; 0: none
  QString figures;                        // of the sheet shown, as far as they are known at once

  Impl(ExportPage* owner, Session& shared) : page(owner), session(shared) {}
  void build();
  QWidget* buildLeft();
  QWidget* buildMiddle();
  QWidget* buildRight();
  void connectWidgets();
  void connectKeys();
  void connectMaker();
  void connectSession();

  void adoptProject();
  void reload();
  void takeOptions();
  void refresh();
  void showLack(const QString& text, const QString& action, Page to);
  void showSheets(const Sheets& made, const QList<QImage>& pictures, int characters);
  void setSheets(const Sheets& now);
  void setCast(std::shared_ptr<const SheetCast> now);
  std::optional<HandedSheet> handed() const;
  void openLoops();
};

}  // namespace loom
