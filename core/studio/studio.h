// The facade: everything a front end (the window, the command line) may call. No LibTorch header behind it.
#pragma once

#include "core/dataset/credits.h"
#include "core/dataset/data_export.h"
#include "core/dataset/importer.h"
#include "core/dataset/sprite_filter.h"
#include "core/dataset/starter.h"
#include "core/dataset/web_reader.h"
#include "core/export/sheet.h"
#include "core/latent/generator_service.h"
#include "core/project/project.h"
#include "core/project/view.h"
#include "core/studio/characters.h"
#include "core/studio/pictures.h"
#include "core/studio/training_session.h"
#include "core/training/device_name.h"
#include "core/training/preset.h"
