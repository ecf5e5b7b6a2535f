resource "terraform_data" "empty" {
  lifecycle {
    action_trigger {
    }
  }
}

resource "terraform_data" "empty_lists" {
  lifecycle {
    action_trigger {
      events  = []
      actions = []
    }
  }
}

resource "terraform_data" "events" {
  lifecycle {
    action_trigger {
      events  = ["after_create", after_bogus, before_destroy, after_create, after_create, a.b, 5]
      actions = [action.null_x.b]
    }
  }
}

resource "terraform_data" "no_lists" {
  lifecycle {
    action_trigger {
      events  = after_create
      actions = action.null_x.b
    }
  }
}

resource "terraform_data" "no_action" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [5]
    }
    action_trigger {
      events  = [after_create]
      actions = [terraform_data.y, action.null_x.b]
    }
    action_trigger {
      events  = [after_create]
      actions = [module.m.x]
    }
    action_trigger {
      events  = [after_create]
      actions = [action.null_x]
    }
    action_trigger {
      events  = [after_create]
      actions = [true ? action.null_x.a : action.null_x.b]
    }
    action_trigger {
      events  = [after_create]
      actions = [action.null_x.b[terraform_data.y.id]]
    }
    action_trigger {
      events  = [after_create]
      actions = [action.null_x.b]
      bogus   = 1
      nested {}
    }
  }
}

data "terraform_remote_state" "data" {
  backend = "local"
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.null_x.b]
    }
  }
}

ephemeral "null_e" "ephemeral" {
  lifecycle {
    action_trigger {
    }
  }
}
