variable "name" {
  description = "Name of the service."
  type        = string
}

variable "port" {
  description = "TCP port that it listens on."
  type        = number
}

variable "replicas" {
  description = "How many copies of it run."
  type        = number
  default     = 1
}

variable "deployment" {
  description = "Name of the deployment that it belongs to."
  type        = string
}

variable "directory" {
  description = "Where its files go."
  type        = string
}
