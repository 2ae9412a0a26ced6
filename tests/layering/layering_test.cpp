// The house rules, read off the source itself: arrows point down, core has no widgets, LibTorch stays where it belongs.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

/// Each core folder and the ones it names directly in its CMakeLists.txt.
const std::map<std::string, Names> kCoreDependencies = {
    {"base", {}},
    {"image", {"base"}},
    {"project", {"image"}},
    {"dataset", {"project"}},
    {"nets", {"base"}},
    {"training", {"nets", "dataset"}},
    {"latent", {"training"}},
    {"evaluate", {"latent"}},
    {"search", {"evaluate", "latent"}},
    {"export", {"image"}},
    {"studio", {"search", "evaluate", "latent", "export"}},
};
const Names kTorchFolders = {"nets", "training", "latent", "evaluate", "search"};
const std::vector<std::string> kUiOrder = {"bridge", "models", "widgets", "pages"};

struct Include {
  fs::path file;  ///< relative to the top
  int line = 0;
  std::string target;
  bool quoted = false;
};

fs::path top() {
  return SPRITELOOM_SOURCE_DIR;
}

std::vector<fs::path> sources(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(top() / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cpp") files.push_back(fs::relative(entry.path(), top()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Include> includesOf(std::istream& stream, const fs::path& file) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> found;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, pattern)) found.push_back({file, number, match[2], match[1] == "\""});
  }
  return found;
}

std::vector<Include> includesOf(const fs::path& file) {
  std::ifstream stream(top() / file);
  return includesOf(stream, file);
}

std::string part(const fs::path& path, int index) {
  auto it = path.begin();
  for (int i = 0; i < index && it != path.end(); ++i) ++it;
  return it == path.end() ? "" : it->string();
}

Names reachable(const std::string& folder) {
  Names all = {folder};
  for (const std::string& direct : kCoreDependencies.at(folder)) all.merge(reachable(direct));
  return all;
}

/// Why the include is against the rules; empty when it is not.
std::string offence(const Include& include) {
  const fs::path target = include.target;
  const std::string from = part(include.file, 0);
  const std::string fromFolder = part(include.file, 1);
  const std::string to = part(target, 0);
  const std::string toFolder = part(target, 1);
  const bool torch = to == "torch" || to == "ATen" || to == "c10";
  if (torch) {
    const bool studioSource = fromFolder == "studio" && include.file.extension() == ".cpp";
    if (from != "core" || !(kTorchFolders.contains(fromFolder) || studioSource)) return "LibTorch header";
  }
  if (from == "core") {
    static const std::regex window(
        R"(^(Qt(Widgets|Network|Test)/)?Q(Widget|Application|GuiApplication|EventLoop|Timer|Dialog|MainWindow|Object|Thread)$)");
    if (std::regex_match(include.target, window)) return "widget, event loop or QObject in core";
    if (to == "ui" || to == "app") return "core looks up";
    if (to == "core" && !reachable(fromFolder).contains(toFolder)) return "upward include";
  }
  if (from == "ui" || from == "app") {
    if (to == "core" && toFolder != "studio" && toFolder != "base" && toFolder != "image")
      return "front end below studio";
  }
  if (from == "ui") {
    if (to == "app") return "ui looks up";
    if (to == "ui") {
      const auto rank = [](const std::string& name) { return std::ranges::find(kUiOrder, name) - kUiOrder.begin(); };
      if (rank(toFolder) > rank(fromFolder)) return "upward include in ui";
    }
  }
  if (from == "app" && fromFolder == "cli" && (to == "ui" || include.target.starts_with("QtWidgets"))) {
    return "window code in the command line";
  }
  return {};
}

TEST(Layering, EveryIncludePointsDown) {
  for (const char* folder : {"core", "ui", "app"}) {
    for (const fs::path& file : sources(folder)) {
      for (const Include& include : includesOf(file)) {
        EXPECT_EQ(offence(include), "") << file << ":" << include.line << " includes " << include.target;
      }
    }
  }
}

TEST(Layering, TheCheckItselfFindsEachOffence) {
  const auto check = [](const char* file, const char* target) { return offence({file, 1, target, true}); };
  EXPECT_NE(check("core/image/a.cpp", "core/project/project.h"), "");
  EXPECT_NE(check("core/export/a.cpp", "core/dataset/importer.h"), "");
  EXPECT_NE(check("core/base/a.h", "ui/widgets/a.h"), "");
  EXPECT_NE(check("core/project/a.h", "QWidget"), "");
  EXPECT_NE(check("core/project/a.h", "QtWidgets/QDialog"), "");
  EXPECT_NE(check("core/dataset/a.cpp", "torch/torch.h"), "");
  EXPECT_NE(check("core/studio/a.h", "torch/torch.h"), "");
  EXPECT_NE(check("ui/pages/a.cpp", "ATen/ATen.h"), "");
  EXPECT_NE(check("ui/pages/a.cpp", "core/training/trainer.h"), "");
  EXPECT_NE(check("ui/widgets/a.cpp", "ui/pages/a.h"), "");
  EXPECT_NE(check("app/cli/a.cpp", "ui/pages/a.h"), "");
  EXPECT_EQ(check("core/studio/a.cpp", "torch/torch.h"), "");
  EXPECT_EQ(check("core/training/a.cpp", "core/image/sprite.h"), "");
  EXPECT_EQ(check("ui/pages/a.cpp", "core/studio/studio.h"), "");
  std::istringstream text("  #  include <torch/torch.h>\n// #include \"no.h\"\n#include \"core/a.h\"\n");
  EXPECT_EQ(includesOf(text, "x.cpp").size(), 2U);
}

TEST(Layering, CMakeStatesTheSameArrows) {
  static const std::regex depends(R"(\bloom_(\w+))");
  for (const auto& [folder, expected] : kCoreDependencies) {
    const fs::path file = top() / "core" / folder / "CMakeLists.txt";
    if (!fs::exists(file)) continue;
    std::ifstream stream(file);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    Names named;
    for (auto it = std::sregex_iterator(text.begin(), text.end(), depends); it != std::sregex_iterator(); ++it) {
      if ((*it)[1] != folder) named.insert((*it)[1]);
    }
    for (const std::string& name : named) {
      EXPECT_TRUE(expected.contains(name)) << "core/" << folder << " links " << name;
    }
    for (const std::string& name : expected) {
      if (!fs::exists(top() / "core" / name)) continue;
      EXPECT_TRUE(named.contains(name)) << "core/" << folder << " does not link " << name;
    }
  }
}

TEST(Layering, CoreDeclaresNoQObject) {
  for (const fs::path& file : sources("core")) {
    std::ifstream stream(top() / file);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    EXPECT_EQ(text.find("Q_OBJECT"), std::string::npos) << file;
    EXPECT_EQ(text.find("QEventLoop"), std::string::npos) << file;
  }
}

TEST(Layering, TheTopLevelHoldsWhatTheHouseHolds) {
  const Names allowed = {"CMakeLists.txt", "CMakePresets.json", "LICENSE",   "CHANGELOG.md", "README.md", "app", "core",
                         "models",         "packaging",         "resources", "tests",        "ui"};
  for (const auto& entry : fs::directory_iterator(top())) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".") || name == "build" || name.starts_with("build-")) continue;
    EXPECT_TRUE(allowed.contains(name)) << name;
  }
}

}  // namespace
